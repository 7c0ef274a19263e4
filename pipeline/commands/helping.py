"""``--help`` in Japanese: the same pages, with what the catalogue says."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from pipeline.commands.late import Imported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.commands.catalogue import Catalogue

BRACKET = re.compile(r"\s*\[(?P<extras>(?:default: |required|env var: |[\d.]*[<=]*x[<>]).*)\]$", re.DOTALL)
# What an option takes, where it has no word of its own for that.
KIND = re.compile(r"<(?:list\[str\]|str|text|path|file|directory|(?:int|float)(?: range)?)>")
# A line may end behind any of these; in Japanese it may end nearly anywhere else, too.
NOT_AT_START = "、。，．）」』】〕）]),.:;・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def speak(command: Any, catalogue: Catalogue) -> None:
    """Let the help of a command, and of all below it, speak by a catalogue."""
    base = command.context_class
    pages = type("Pages", (_Pages, base.formatter_class), {"catalogue": catalogue})
    command.context_class = type("Context", (base,), {"formatter_class": pages})
    children = getattr(command, "commands", {})
    if isinstance(children, Imported):
        children.then(partial(speak, catalogue=catalogue))
        return
    for child in children.values():
        speak(child, catalogue)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most ``width`` columns; a Japanese letter takes two.

    >>> wrapped("表を CSV で書きます。", 10)
    ['表を CSV', 'で書きます。']
    """
    lines, line = [], ""
    for piece in re.findall(r"[!-~]+|\s+|.", text):
        if piece.isspace():
            line += " " if line else ""
        elif line.strip() and cell_len(line + piece) > width and piece[0] not in NOT_AT_START:
            lines.append(line.rstrip())
            line = piece
        else:
            line += piece
    return [*lines, line.rstrip()]


class _Pages:
    """Writes a page of help; what it does not change, the parser's own class does."""

    catalogue: Catalogue
    width: int
    current_indent: int

    def write(self, string: str) -> None:
        """Write a piece of the page."""
        super().write(string)  # type: ignore[misc]

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or f"{self.catalogue.exact('Usage')}: ")  # type: ignore[misc]

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part."""
        super().write_heading(self.catalogue.exact(heading))  # type: ignore[misc]

    def write_text(self, text: str) -> None:
        """Write what the command does."""
        for n, part in enumerate(text.split("\n\n")):
            said = self.catalogue.exact(" ".join(part.split()))
            lines = wrapped(said, self.width - self.current_indent)
            self.write("\n" * bool(n) + "".join(f"{'':>{self.current_indent}}{line}\n" for line in lines))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands, each with what it does."""
        rows = [(KIND.sub(lambda kind: self.catalogue.exact(kind[0]), name), said) for name, said in rows]
        first = min(max(cell_len(row[0]) for row in rows), col_max) + col_spacing
        margin = " " * (self.current_indent + first)
        for name, said in rows:
            head = f"{'':>{self.current_indent}}{name}"
            lines = wrapped(self._said(said), max(self.width - len(margin), 20))
            begin = (
                head + " " * (len(margin) - cell_len(head))
                if cell_len(name) <= first - col_spacing
                else f"{head}\n{margin}"
            )
            self.write(begin + f"\n{margin}".join(lines) + "\n")

    def _said(self, text: str) -> str:
        """Return what stands beside an option in Japanese, and what stands behind it in brackets."""
        text = " ".join(text.split())
        found = BRACKET.search(text)
        main = text[: found.start()] if found else text
        extras = [self.catalogue.said(one) for one in found["extras"].split("; ")] if found else []
        return self.catalogue.exact(main) + (f" [{'; '.join(extras)}]" if extras else "")

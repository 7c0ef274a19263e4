"""Writes the pages under ``docs/reference/`` that are made from the program: commands, flags, rules.

    python -m tools.make_reference

Commands come from what ``--help`` prints, rules and flags from ``tests/cases/`` (where tests prove every example),
and the meaning of a flag from ``docs/reference/columns.md``.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from typer.main import get_command

from pipeline.cli import app
from pipeline.facts import rows
from pipeline.facts import rows as facts
from tests.conftest import ROOT
from tools.constants import MARK
from tools.constants import page as constants_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = ROOT / "docs/reference"
LABELS = {"ORG": "Organizations (`ORG`)", "DATE": "Dates (`DATE`)", "LAW": "Laws (`LAW`)"}
MADE = "<!-- Made by: python -m tools.make_reference -->\n\n"


def cases(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of ``tests/cases/``."""
    with (ROOT / f"tests/cases/{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def flag_examples() -> list[dict[str, str]]:
    """Return the examples of flags, each with its ``label`` and its ``flag``."""
    found = []
    for row in cases("flags"):
        label, _, flag = row["expected"].partition(" !")
        found.append({**row, "label": label, "flag": flag})
    return found


def table(head: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown; bars and line breaks in cells are kept from breaking it."""
    names = list(head)
    lines = [names, ["---"] * len(names)]
    lines += [[cell.replace("|", "\\|").replace("\n", " ").strip() for cell in row] for row in body]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines) + "\n"


# ---- commands


def leaves(command: Any, words: tuple[str, ...] = ("hakusho",)) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command that does something, with the words that call it."""
    children = getattr(command, "commands", None)
    if not children:
        yield words, command
        return
    for name, child in children.items():
        yield from leaves(child, (*words, name))


def _record(param: Any, context: Any) -> list[str]:
    """Return how the help writes a parameter, and what it says of it."""
    written, said = param.get_help_record(context)
    if param.param_type_name == "argument":
        written = param.metavar
    return [f"`{written}`", re.sub(" +", " ", said)]


def _command(words: tuple[str, ...], command: Any) -> str:
    context = command.make_context(" ".join(words), [], resilient_parsing=True)
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join([*words, "[OPTIONS]", *(p.metavar for p in arguments)])
    out = f"## `{' '.join(words)}`\n\n{command.help}\n\n```text\n{usage}\n```\n\n"
    for head, params in (("argument", arguments), ("option", options)):
        if params:
            out += table((head, "what"), (_record(param, context) for param in params))
    return out


def commands() -> str:
    """Return the page on the commands, in the order in which the help lists them."""
    root = get_command(app)
    context = root.make_context("hakusho", [], resilient_parsing=True)
    head = "# Commands\n\n" + MADE
    head += (
        "Every command prints data to stdout, and messages and progress to stderr. It ends with exit code 0 if all went well, with 1 if an input was\n"
        "faulty or a document failed, with 2 if the command line was wrong, and with 130 if it was stopped. `--help` shows what stands here.\n\n"
    )
    body = [_record(param, context) for param in root.params]
    head += table(("option of all commands", "what"), body)
    return head + "".join(_command(words, command) for words, command in leaves(root))


# ---- flags


def meanings() -> dict[str, str]:
    """Return what each flag means, from ``docs/reference/columns.md``."""
    text = (ROOT / "docs/reference/columns.md").read_text(encoding="utf-8")
    part = text.partition("### Flags")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", part, re.MULTILINE))


def _marked(text: str) -> str:
    """Set the mention in an example in bold."""
    return re.sub("⟦(.+?)⟧", r"<b>\1</b>", text)


def flags() -> str:
    """Return the page on the flags: the meaning of each, and a sentence that gets it."""
    head = "# Flags\n\n" + MADE + (
        "The column `flags` says what is odd about a mention; several are joined by `|`. A flag is not an error: the row counts, and the flag says how far to\n"
        "trust it. Each example is tested. *Day* is the document's reference date.\n\n"
    )  # fmt: skip
    body = [
        [
            f"`{row['flag']}`",
            row["label"],
            meanings()[row["flag"]],
            _marked(row["text"]),
            row["reference_date"],
        ]
        for flag in meanings()
        for row in flag_examples()
        if row["flag"] == flag
    ]
    return head + table(("flag", "label", "meaning", "example", "day"), body)


# ---- rules


def _rules(label: str) -> str:
    body = [
        [f"`{row['rule']}`", row["found_by_en"], _marked(row["text"]), row["reference_date"]]
        for row in rows("rules.csv")
        if row["label"] == label
    ]
    return f"## {LABELS[label]}\n\n" + table(("rule", "finds", "example", "day"), body)


def _facts(name: str, columns: tuple[str, ...]) -> str:
    body = [[row[column] for column in columns] for row in facts(name)]
    return table([column.replace("_", " ") for column in columns], body)


def rules() -> str:
    """Return the page on the rules: what each finds, with an example, and the lists that they read."""
    head = "# Rules\n\n" + MADE + (
        "The column `rule` says how a mention was found. Each example is tested: the part in bold is found, by this rule, in a text that says nothing else.\n"
        "*Day* is the document's reference date. Where several rules find something in one place, the longest find counts.\n\n"
    )  # fmt: skip
    lists = (
        "## Heads of names\n\nWhat names of bodies and laws end with. The column *needs* says what must come before a head so that it names one body or law: "
        "for organizations it is the first half of the rule's name (`content` → `content_name`).\n\n### Of organizations\n\n"
    )
    shown = ("head", "kind", "needs", "example", "counter_example")
    return (
        head
        + "".join(map(_rules, LABELS))
        + lists
        + _facts("org_heads.csv", shown)
        + "### Of organizations, in English\n\n"
        + _facts("org_english.csv", ("head", "kind", "example", "counter_example"))
        + "### Of laws\n\n"
        + _facts("law_heads.csv", shown)
        + "## Words that modify a date\n\n"
        + _facts("date_modifiers.csv", ("surface", "mod", "example", "counter_example"))
    )


def constants() -> str:
    """Return the page on arbitrary constants."""
    return (
        "# Arbitrary constants\n\n"
        + MADE
        + "Some numbers in the code follow from no source: somebody chose them, by looking at texts or at pages. Comments "
        f"mark them with {MARK}. This is the whole list.\n\n" + constants_table()
    )


PAGES = {"commands.md": commands, "constants.md": constants, "flags.md": flags, "rules.md": rules}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page().rstrip("\n") + "\n", encoding="utf-8")

"""``make gains``: what the working tree finds otherwise than another version of it, on the chapter and the samples.

    python -m tools.gains [BASE]

BASE is a commit, a branch or a tag (default: the last commit). Both versions read the corpus as it stands now, with the
shipped registry. Of the chapter and of the samples for development every change is listed, and held against gold; of
the ``test`` split only counts are shown, beside precision, recall and F1 before and after, since nobody may write rules by reading it.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.given import word

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
# The table of counts; what follows it lists the changes one by one.
COUNTS = 6


def sets(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Make a folder of texts for each set in ``folder``; return texts and gold by the set's name."""
    found = {"the chapter": (CORPUS, CORPUS / "gold")}
    with (CORPUS / "samples/manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for split in ("dev", "test"):
        part = folder / split
        part.mkdir()
        mine = [row for row in rows if row["split"] == split]
        for row in mine:
            shutil.copy(CORPUS / "samples" / row["file"], part)
            (part / "gold").mkdir(exist_ok=True)
            shutil.copy(CORPUS / f"samples/gold/{row['doc_id']}.csv", part / "gold")
        with (part / "manifest.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(mine)
        found[f"samples, {split}"] = (part, part / "gold")
    return found


def shown(title: str, lines: list[str]) -> list[str]:
    """Return what may be seen of a comparison: of the test split, the counts."""
    return lines[:COUNTS] if title.endswith("test") else lines


def figures(before: Path, after: Path, gold: Path) -> list[str]:
    """Return precision, recall and F1 of each label before and after, strict and with equal values."""
    lines = ["label  scheme  P before  after  R before  after  F1 before  after"]
    old, new = (
        json.loads(hakusho(ROOT, "evaluate", output, gold, "--format", "json"))["scores"]
        for output in (before, after)
    )
    for was, now in zip(old, new, strict=True):
        if now["scheme"] != "overlap":
            pairs = (f"{was[name] or 0:.3f} {now[name] or 0:.3f}" for name in ("precision", "recall", "f1"))
            lines.append(f"{now['label']:5} {now['scheme']:6}  {'  '.join(pairs)}")
    return lines


def hakusho(tree: Path, *words: str | Path) -> str:
    """Run the command of the version in ``tree``; return what it prints."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "HAKUSHO_LAWS": "shipped",
        "HAKUSHO_ORGS": "shipped",
    }
    command = [sys.executable, "-m", "pipeline", *map(str, words)]
    process = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if process.returncode:
        sys.exit(process.stderr)
    return process.stdout


def main(base: str) -> None:
    """Print the changes of each set."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        tree = folder / "base"
        git = ["git", "-C", str(ROOT), "worktree"]
        if subprocess.run([*git, "add", "--quiet", "--detach", str(tree), base], check=False).returncode:
            sys.exit(1)  # git has said what is wrong with it
        try:
            for title, (texts, gold) in sets(folder).items():
                outputs = folder / "before", folder / "after"
                for version, output in zip((tree, ROOT), outputs, strict=True):
                    hakusho(version, "run", texts, "-o", output, "--analyzer", "sudachi", "--format", "csv")
                lines = hakusho(ROOT, "compare", *outputs, "--gold", gold).splitlines()
                sys.stdout.write(
                    "\n".join([f"# {title}", *figures(*outputs, gold), "", *shown(title, lines), "", ""])
                )
                for output in outputs:
                    shutil.rmtree(output)
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


if __name__ == "__main__":
    main(word(__doc__, "BASE", "HEAD"))

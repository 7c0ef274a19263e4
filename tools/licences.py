"""Writes ``docs/project/licences.md``: the licence of every package that comes with hakusho, from the packages' own metadata.

python -m tools.licences
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/project/licences.md"
# The extras that users install; what tests and documentation need beyond them is not distributed with anything.
EXTRAS = ("all", "ray")
HEAD = """# Licences

The licence of every package that `pip install "hakusho[all,ray]"` brings on this system, as the package itself states it; *lean* marks those
of `lean.txt`. Made by `python -m tools.licences` from the installed packages; their versions are those of `requirements.lock`. A release has the same as a software
bill of materials in CycloneDX. hakusho itself is MIT; the sources of its data are in [Sources](sources.md).

| package | licence | lean |
|---|---|---|
"""


def plain(name: str) -> str:
    """Return the name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def brought() -> set[str]:
    """Return the names of all packages that hakusho and its extras bring on this system."""
    found: set[str] = set()
    waiting = [("hakusho", frozenset(EXTRAS))]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    own = [*project["dependencies"], *(line for extra in EXTRAS for line in extras[extra])]
    own += [line for name in Requirement(extras["all"][0]).extras for line in extras[name]]
    seen = set(waiting)
    while waiting:
        name, wanted = waiting.pop()
        found.add(name)
        for line in own if name == "hakusho" else metadata.requires(name) or ():
            needed = Requirement(line)
            if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in wanted | {""}):
                one = plain(needed.name), frozenset(needed.extras)
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
    return found - {"hakusho"}


def licence(name: str) -> str:
    """Return what a package says of its licence: the expression, else the classifiers, else the first line."""
    told = metadata.metadata(name)
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", ()) if line.startswith("License ::")
    ]
    written = (told.get("License") or "").strip().splitlines() or [""]
    found = told.get("License-Expression") or ", ".join(classified) or written[0]
    return found.replace("|", "\\|") or "**not stated**"


def page() -> str:
    """Return the page."""
    lean = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "lean.txt").read_text(encoding="utf-8"), re.MULTILINE))
    return HEAD + "".join(
        f"| {name} | {licence(name)} | {'yes' if name in lean else ''} |\n" for name in sorted(brought())
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

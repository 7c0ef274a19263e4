"""The README as a package index shows it: a hook of the build, which turns its links to files into addresses.

A package index does not have the files that README.md leads to. ``HAKUSHO_HOME`` says where the repository is to be read
(``https://host/owner/name``; the public workflow sets it); links then lead to the tag of this version there, and the metadata
name the places. Without it, the words of such a link stay, and no link leads nowhere.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# A link of Markdown to a file: not to the network, not within the page.
LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?![a-z]+:|#)(?P<path>[^)\s]+)\)")
FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def for_index(text: str, home: str, version: str) -> str:
    """Return Markdown without links to files: they lead to ``home``, or are plain words if that is empty.

    >>> for_index("See [a](docs/a.md#b), [c](https://d).", "https://host/o/n", "1.0")
    'See [a](https://host/o/n/blob/v1.0/docs/a.md#b), [c](https://d).'
    >>> for_index("See [a](docs/a.md#b), [c](https://d).", "", "1.0")
    'See a, [c](https://d).'
    """
    whole = rf"[\g<words>]({home}/blob/v{version}/\g<path>)" if home else r"\g<words>"
    # What stands in code is no link.
    return "".join(part if part.startswith("```") else LINK.sub(whole, part) for part in FENCE.split(text))


def urls(home: str, version: str) -> dict[str, str]:
    """Return the addresses that an index shows beside the page."""
    return {
        "Source": home,
        "Documentation": f"{home}/blob/v{version}/docs/index.md",
        "Changelog": f"{home}/blob/v{version}/CHANGELOG.md",
        "Issues": f"{home}/issues",
    }


class IndexPage(MetadataHookInterface):
    """Fills in ``readme`` and ``urls``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set them from README.md and from the environment."""
        home = os.environ.get("HAKUSHO_HOME", "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": for_index(text, home, metadata["version"]),
        }
        metadata["urls"] = urls(home, metadata["version"]) if home else {}

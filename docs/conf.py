"""How the documentation becomes a site: ``make docs``. Nothing is fetched, and a warning is an error."""

from __future__ import annotations

import re
import tomllib
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).parent
ROOT = DOCS.parent
# Files that stand elsewhere in the project, and the pages that show them: each page is a stub for readers of the source.
SHOWN = {
    "project/readme": "README.md",
    "project/readme_ja": "README.ja.md",
    "project/changelog": "CHANGELOG.md",
    "project/contributing": "CONTRIBUTING.md",
    "project/security": "SECURITY.md",
    "project/guidelines": "corpus/GUIDELINES.md",
    "project/gold": "corpus/GOLD.md",
    "project/notebooks": "notebooks/README.md",
    "project/sources": "pipeline/data/SOURCES.md",
}
PAGES = {ROOT / file: DOCS / f"{page}.md" for page, file in SHOWN.items()}
# A link of Markdown to a file: not to the network, not within the page.
LINK = re.compile(r"\]\((?![a-z]+:|#)(?P<path>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")

project = "hakusho"
author = "The hakusho developers"
copyright = "The hakusho developers, MIT licence"  # noqa: A001 -- Sphinx calls it so
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["schemas"]
myst_heading_anchors = 4
html_theme = "furo"
html_search_language = "both"
html_title = f"hakusho {release}"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": "system-ui, 'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"
    }
}
autoclass_content = "both"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


# Words are written without blanks: each run of these is looked up by every two that stand side by side.
UNBROKEN = "々〇ぁ-ゖァ-ヺー一-鿿"


class Both(SearchEnglish):
    """Search in English and Japanese: English words by their stems, Japanese ones by each two characters."""

    lang, language_name = "both", "English"  # its stemmer is of that name in the browser
    # The same in the browser, for what is searched.
    js_splitter_code = """
function splitQuery(query) {
  const runs = query.match(/[UNBROKEN]+|(?:(?![UNBROKEN])[\\p{Letter}\\p{Number}_])+/gu) || [];
  return runs.flatMap((run) =>
    run.length > 2 && /^[UNBROKEN]/u.test(run) ? [...run].slice(1).map((end, n) => [...run][n] + end) : [run]
  );
}
""".replace("UNBROKEN", UNBROKEN)
    _runs = re.compile(rf"[{UNBROKEN}]+|(?:(?![{UNBROKEN}])\w)+")

    def split(self, input: str) -> list[str]:  # noqa: A002 -- Sphinx calls it so
        """Return what a text can be found by.

        >>> Both({}).split("防衛省のABC法 laws")
        ['防衛', '衛省', '省の', 'ABC', '法', 'laws']
        """
        found = []
        for run in self._runs.findall(input):
            pairs = len(run) > 2 and re.match(rf"[{UNBROKEN}]", run)
            found += [run[n : n + 2] for n in range(len(run) - 1)] if pairs else [run]
        return found


def linked(text: str, origin: Path, page: Path) -> str:
    """Return ``text`` of the file ``origin`` with its links as ``page`` needs them."""

    def moved(match: re.Match[str]) -> str:
        target = (origin.parent / match["path"]).resolve()
        target = PAGES.get(target, target)
        return f"]({relpath(target, page.parent)}{match['anchor'] or ''})"

    return LINK.sub(moved, text)


def read(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the file that a page shows into it, and turn links to such files into links to their pages."""
    page = DOCS / f"{docname}.md"
    origin = ROOT / SHOWN[docname] if docname in SHOWN else page
    text = origin.read_text(encoding="utf-8") if docname in SHOWN else content[0]
    if docname in SHOWN:
        app.env.note_dependency(str(origin))
    content[0] = linked(text, origin, page)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", read)
    app.add_search_language(Both)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

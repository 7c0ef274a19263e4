"""What all pages share: templates with escaping on, assets, and what makes text safe to print."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.facts import rows
from pipeline.model.labels import own_labels
from pipeline.model.shown import style_of
from pipeline.report.compiled import Compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Template

# Each would reverse the text after it; an isolate around it limits its effect.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINES = re.compile(r"(?:(?:&#13;)?\n|&#13;)+")
_UNSAFE = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_SPECIAL = re.compile("[&<>\"'\r\n\0\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page(name: str, scripts: tuple[str, ...], **values: Any) -> str:
    """Render the template ``name`` with the shared style and its scripts.

    The page loads nothing from elsewhere.
    """
    script = "(() => {\n" + "".join(map(asset, scripts)) + "})();"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    labels = values.get("labels", ())
    spoken: dict[str, dict[str, str]] = values.get("words") or words()
    given = values | {"words": {lang: own | _declared(lang, labels) for lang, own in spoken.items()}}
    return template(name).render(
        style=asset("report.css") + asset("dark.css"),
        script=script,
        script_hash=digest,
        style_of=style_of,
        **given,
    )


@cache
def template(name: str) -> Template:
    """Return a template of ``pipeline/report/templates``; what it prints is escaped."""
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        bytecode_cache=Compiled(),
    )
    environment.filters |= {"shown": shown, "json": to_json}
    return environment.get_template(name)


@cache
def asset(name: str) -> str:
    """Return a file of ``pipeline/report/templates``."""
    return (files("pipeline.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the words of the pages by language."""
    found: dict[str, dict[str, str]] = json.loads(asset("words.json"))
    for row in rows("entity_types.csv"):
        for language, own in found.items():
            own[f"label_{row['label']}"] = row[f"name_{language}"]
            own[f"view_{row['label']}"] = row[f"plural_{language}"]
    # *_place: what the rules of one label may have behind their names.
    endings = {row["label"]: row["rule"][1:] for row in rows("rules.csv") if row["rule"].startswith("*")}
    for row in rows("rules.csv"):
        for language, own in found.items():
            own.setdefault(f"rule_{row['rule']}", row[f"found_by_{language}"])
            if ending := endings.get(row["label"]):
                own[f"rule_{row['rule']}{ending}"] = own["with_place"].format(row[f"found_by_{language}"])
    for row in rows("own_type_rules.csv"):
        for language, own in found.items():
            own[f"rule_{row['rule']}"] = row[f"found_by_{language}"]
    for row in rows("candidate_reasons.csv"):
        for language, own in found.items():
            own[f"reason_{row['reason']}"] = row[language]
    return found


def _declared(language: str, labels: Iterable[str]) -> dict[str, str]:
    """Return the words of labels beside those that are shipped; one that nobody declared is its own name."""
    known = own_labels()
    others = [label for label in labels if f"label_{label}" not in words()[language]]
    names = {label: known[label].called(language) if label in known else (label, label) for label in others}
    ones = {f"label_{label}": one for label, (one, _) in names.items()}
    return ones | {f"view_{label}": many for label, (_, many) in names.items()}


def shown(text: str) -> str:
    """Escape ``text`` so that a browser keeps each character, and no bidi control reaches beyond itself."""
    if not _SPECIAL.search(text):
        return text
    safe = html.escape(text).replace("\r", "&#13;").replace("\0", "\u2400")
    safe = _LINES.sub(r'<span class="nl">\g<0></span>', safe)
    return _BIDI.sub(lambda m: f'<bdi class="control" data-code="U+{ord(m[0]):04X}">{m[0]}</bdi>', safe)


def blank(text: str) -> str:
    """Escape white space that stands between blocks."""
    return text.replace("\r", "&#13;")


def to_json(value: object) -> str:
    """Return JSON that can stand in a script element: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    return text

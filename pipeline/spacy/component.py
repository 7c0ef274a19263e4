"""``nlp.add_pipe("hakusho")``: organizations, dates and laws in a spaCy pipeline for Japanese.

The component runs the whole flow over ``doc.text``, line breaks, page breaks and all; what other components
found plays no part, so that the results are those of :func:`pipeline.load`. spaCy finds it by its entry point
once hakusho is installed; ``import pipeline.spacy.component`` does the same.

>>> import spacy, pipeline.spacy.component
>>> nlp = spacy.blank("ja")
>>> component = nlp.add_pipe("hakusho", config={"reference_date": "2014-08-05"})
>>> [(e.text, e.label_, e._.norm) for e in nlp("防衛省は昨年10月、自衛隊法を引いた。").ents]
[('防衛省', 'ORG', '防衛省'), ('昨年10月', 'DATE', '2013-10'), ('自衛隊法', 'LAW', '自衛隊法')]
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.lang.ja import JapaneseTokenizer
from spacy.language import Language

from pipeline.entities.declared import installed_types, read_types
from pipeline.entities.own_names import installed_names, read_names
from pipeline.flow import day, load
from pipeline.lawbook.store import installed_laws
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.spacy.attributes import FIELDS, NAME, put_source, register, source_of, speakable
from pipeline.spacy.doc import annotate
from pipeline.spacy.tokenizer import LongTexts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from pipeline.entities.declared import OwnTypes
    from pipeline.entities.own_names import OwnNames
    from pipeline.flow import Analyzer

SETTINGS = "settings.json"
INSTALLED = "installed"
LAWS = ("shipped", INSTALLED)
DEFAULTS: dict[str, Any] = {
    "spans_key": NAME,
    "set_ents": True,
    "keep_ents": False,
    "analyzer": "sudachi",
    "reference_date": None,
    "laws": "shipped",
    "names": None,
    "types": None,
    "attribute_prefix": "",
    "long_texts": True,
}


class Hakusho:
    """The component: a callable from ``Doc`` to the same ``Doc`` with its mentions.

    Attributes:
        settings: What the component was made with, as in :func:`make_hakusho`.
    """

    def __init__(self, **settings: Any) -> None:
        """Load the flow; the settings are those of :func:`make_hakusho`, and those left out its defaults.

        Raises:
            HakushoError: A setting is none of those that there are, or an attribute's name is taken.
        """
        self.settings = DEFAULTS | settings
        self._analyze: Analyzer | None = None
        register(self.settings["attribute_prefix"])
        self._flow()

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of ``doc`` and write them into it; see :func:`pipeline.spacy.doc.annotate`."""
        document = self._flow()(_source(doc))
        chosen = {name: self.settings[name] for name in ("set_ents", "keep_ents")}
        return annotate(doc, document, key=self.settings["spans_key"], **chosen)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy hands it over
        """Return the settings; nothing else makes a difference."""
        return json.dumps(self.settings, sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Hakusho:  # noqa: ARG002
        """Take the settings in ``data``, which :meth:`to_bytes` returned.

        Raises HakushoError like the constructor.
        """
        self.__init__(**json.loads(data))  # type: ignore[misc]
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the settings into the folder ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / SETTINGS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Hakusho:  # noqa: ARG002
        """Take the settings that :meth:`to_disk` wrote into the folder ``path``."""
        return self.from_bytes((Path(path) / SETTINGS).read_bytes())

    def __getstate__(self) -> dict[str, Any]:
        return {"settings": self.settings, "_analyze": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        register(self.settings["attribute_prefix"])

    def _flow(self) -> Analyzer:
        """Return the flow, loaded once a process: a dictionary cannot be sent to another one."""
        if self._analyze is None:
            settings = self.settings
            laws = _laws(settings["laws"])
            names, types = _names(settings["names"]), _types(settings["types"])
            self._analyze = load(
                settings["analyzer"], settings["reference_date"], laws, names=names, types=types
            )
        return self._analyze


@Language.factory(
    NAME,
    assigns=[
        "doc.ents",
        "doc.spans",
        f"doc._.{NAME}",
        f"span._.{NAME}",
        *(f"span._.{f}" for f in (*FIELDS, "aligned")),
    ],
    default_config=DEFAULTS,
)
def make_hakusho(
    nlp: Language,
    name: str,  # noqa: ARG001 - spaCy hands it over
    spans_key: str,
    set_ents: bool,
    keep_ents: bool,
    analyzer: str,
    reference_date: str | None,
    laws: str,
    names: str | list[str] | None,
    types: str | list[str] | None,
    attribute_prefix: str,
    long_texts: bool,
) -> Hakusho:
    """Make the component; spaCy calls this for ``nlp.add_pipe("hakusho", config={…})``.

    Args:
        nlp: The pipeline that it becomes a part of.
        name: Its name there.
        spans_key: Key of ``doc.spans`` that holds all mentions.
        set_ents: Set ``doc.ents``, too.
        keep_ents: Keep the entities of components before it where no mention touches them; else they go.
        analyzer: ``sudachi``, or ``ginza`` (the same mentions, slower). The tokens of the ``Doc`` are not
            touched.
        reference_date: ``YYYY-MM-DD``, the day on which the texts speak, for those that bring none of their
            own and name no edition.
        laws: ``shipped``, or ``installed`` for the full list that ``hakusho laws update`` fetched.
        names: A CSV file of names of one's own, or several; or ``installed`` for those in the data folder.
        types: A TOML file of types of one's own, or several; or ``installed``, as ``names``.
        attribute_prefix: Put before the names of the attributes (but ``hakusho``), if one of them is taken.
        long_texts: Let spaCy's Japanese tokenizer take texts of more than 49,149 bytes by cutting them.

    Raises:
        HakushoError: A setting is unknown, an attribute's name is taken, or a file is at fault.
    """
    if long_texts and isinstance(nlp.tokenizer, JapaneseTokenizer):
        nlp.tokenizer = LongTexts(nlp.tokenizer)
    return Hakusho(
        spans_key=spans_key,
        set_ents=set_ents,
        keep_ents=keep_ents,
        analyzer=analyzer,
        reference_date=reference_date,
        laws=laws,
        names=names,
        types=types,
        attribute_prefix=attribute_prefix,
        long_texts=long_texts,
    )


def source_doc(nlp: Language, source: Source) -> Doc:
    """Return the tokens of a source with its metadata: its id, its reference date, its title.

    ``nlp(source_doc(nlp, pipeline.read(path)))`` gives the results of the same file in a run, and
    ``nlp.pipe(source_doc(nlp, pipeline.read(path)) for path in paths)`` those of many.

    Args:
        nlp: The pipeline that is to process it; its tokenizer is used.
        source: What :func:`pipeline.read` returned, or one made by hand.

    Raises:
        ValueError: The text is longer than ``nlp.max_length``.
    """
    doc = nlp.make_doc(speakable(source.raw))
    put_source(doc, source)
    return doc


def _source(doc: Doc) -> Source:
    """Return the source that ``doc`` was made of, or one of its text alone."""
    facts = {name: value for name, value in source_of(doc).items() if name != "versions"}
    written = facts.pop("reference_date", "")
    return replace(Source("text", doc.text, reference_date=day(written) if written else None), **facts)


def _names(files: str | list[str] | None) -> OwnNames | None:
    if files != INSTALLED:
        return read_names(files) if files else None
    found = installed_names()
    if found is None:
        raise HakushoError("no names are installed: name a CSV file of them, or leave names out")
    return found


def _types(files: str | list[str] | None) -> OwnTypes | None:
    if files != INSTALLED:
        return read_types(files) if files else None
    found = installed_types()
    if found is None:
        raise HakushoError("no types are installed: name a TOML file of them, or leave types out")
    return found


def _laws(which: str) -> Any:
    if which not in LAWS:
        raise HakushoError(f"no laws {which!r}: choose one of {', '.join(LAWS)}")
    found = installed_laws() if which == "installed" else None
    if which == "installed" and found is None:
        raise HakushoError(
            "no list of laws is installed: run 'hakusho laws update' once, or set laws to 'shipped'"
        )
    return found

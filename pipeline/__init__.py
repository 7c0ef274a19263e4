"""hakusho: organizations, dates and laws of Japanese white papers, as tables that can be trusted.

The flow, one module a stage::

    read → clean → structure → segment → recognize → resolve → export, report

>>> import pipeline
>>> analyze = pipeline.load(analyzer="sudachi")
>>> document = analyze("防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。")
>>> [(e.label, e.text, e.norm) for e in document.entities]
[('ORG', '防衛省', '防衛省'), ('DATE', '13（平成25）年10月3日', '2013-10-03'), ('LAW', '自衛隊法第76条', '自衛隊法')]

``pipeline.read(path)`` gives a :class:`Source`; ``analyze(source)`` a :class:`Document` (a ``pathlib.Path``
or the text itself will do, too), and ``analyze.pipe(sources)`` an iterator of them; ``document.to_frame()`` a
pandas frame. All spans are half-open and count code points of the raw text. ``docs/howto/use_from_python.md``
has more. ``pipeline.load(laws=pipeline.installed_laws())`` also knows the full list of laws that ``hakusho
laws update`` fetched, and ``register=pipeline.installed_register()`` the bodies of ``hakusho orgs import``.
``pipeline.load(names="names.csv")`` knows organizations and laws of your own.
``pipeline.parse_date("13（同25）年10月", era="平成")`` reads a single date expression.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.document.document import Document
    from pipeline.document.entities import Entities
    from pipeline.entities.dates.parse import NotADateError, ParsedDate, parse_date
    from pipeline.entities.organizations.register.index import installed_register
    from pipeline.entities.own_names import OwnNames, installed_names, read_names
    from pipeline.flow import Analyzer, load
    from pipeline.lawbook.store import installed_laws
    from pipeline.model.entity import Entity
    from pipeline.model.errors import HakushoError
    from pipeline.model.page import Block
    from pipeline.model.sentence import Sentence, Token
    from pipeline.model.source import Source, Text
    from pipeline.read import read

__all__ = [
    "Analyzer",
    "Block",
    "Document",
    "Entities",
    "Entity",
    "HakushoError",
    "NotADateError",
    "OwnNames",
    "ParsedDate",
    "Sentence",
    "Source",
    "Text",
    "Token",
    "installed_laws",
    "installed_names",
    "installed_register",
    "load",
    "parse_date",
    "read",
    "read_names",
]
_PLACES = {
    "Analyzer": "pipeline.flow",
    "Block": "pipeline.model.page",
    "Document": "pipeline.document.document",
    "Entities": "pipeline.document.entities",
    "Entity": "pipeline.model.entity",
    "HakushoError": "pipeline.model.errors",
    "NotADateError": "pipeline.entities.dates.parse",
    "OwnNames": "pipeline.entities.own_names",
    "ParsedDate": "pipeline.entities.dates.parse",
    "Sentence": "pipeline.model.sentence",
    "Source": "pipeline.model.source",
    "Text": "pipeline.model.source",
    "Token": "pipeline.model.sentence",
    "installed_laws": "pipeline.lawbook.store",
    "installed_names": "pipeline.entities.own_names",
    "installed_register": "pipeline.entities.organizations.register.index",
    "load": "pipeline.flow",
    "parse_date": "pipeline.entities.dates.parse",
    "read_names": "pipeline.entities.own_names",
}
"""Where the public names stand. Each is imported when it is asked for: the commands need few of them."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """This package, whose ``read`` is the function, although a part of it has that name, too."""

    @property
    def read(self) -> Any:
        return import_module("pipeline.read").read

    @read.setter
    def read(self, _: object) -> None:
        """Whoever imports that part sets it here."""


sys.modules[__name__].__class__ = _Package

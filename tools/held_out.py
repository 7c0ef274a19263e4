"""Registries of which a part is held out: what rules do with names that no registry holds, as on fresh text.

On the texts that rules were written for nearly all names are known and nearly nothing is wrong. A probability that is
fitted there alone would be far too sure of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from zlib import crc32

from pipeline.entities.laws import instruments as laws
from pipeline.entities.names.registry import Lexicon
from pipeline.entities.organizations import companies, own
from pipeline.entities.organizations.registry import apart
from pipeline.entities.organizations.registry import organizations as bodies

PARTS = 3


def part(name: str) -> int:
    """Return which of the parts a name belongs to; the same on every machine."""
    return crc32(name.encode()) % PARTS


@contextmanager
def without(held: int) -> Iterator[None]:
    """Let the registries of bodies and laws miss the records of part ``held``; -1 leaves them whole."""
    if held < 0:
        yield
        return
    lexicon = Lexicon([body for body in bodies() if part(body.name) != held], respelled=apart)
    kept = tuple(law for law in laws.instruments() if part(law.title) != held)
    laws.shipped.cache_clear()
    with (
        mock.patch.object(own, "organization_lexicon", return_value=lexicon),
        mock.patch.object(companies, "organization_lexicon", return_value=lexicon),
        mock.patch.object(laws, "instruments", return_value=kept),
    ):
        yield
    laws.shipped.cache_clear()

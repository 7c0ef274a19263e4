"""XML as a stream of elements and texts: nothing is expanded, fetched or nested in memory.

Entities that a file declares are refused: no Office document, statute or record has any, and they are how a
small file becomes a large one. Elements are known by their local names, whatever prefix a file gives their
namespace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# So many bytes are parsed at a time.
PORTION = 65_536
SEPARATOR = " "


class Event(NamedTuple):
    """An element that begins (``start``) or ends (``end``), or a text (``text``).

    Attributes:
        what: Which of the three.
        name: The local name of the element, or the text.
        space: The namespace of the element; empty where it has none, and of a text.
        attributes: Of an element that begins, by local name; a prefixed one has its namespace only where
            another of that name has none.
    """

    what: str
    name: str
    space: str = ""
    attributes: Mapping[str, str] = {}


def events(data: bytes, where: str, encoding: str | None = None) -> Iterator[Event]:
    """Yield the events of an XML file in order.

    Args:
        data: The whole file.
        where: What an error calls it.
        encoding: That it is in, whatever it declares (UTF-8, UTF-16, Latin 1 or ASCII).

    Raises:
        HakushoError: It is damaged, or declares entities.
    """
    parser = expat.ParserCreate(encoding, SEPARATOR)
    parser.buffer_text = True
    out: list[Event] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(SEPARATOR)
        out.append(Event("start", local, space, _local(attributes) if attributes else attributes))

    def end(name: str) -> None:
        space, _, local = name.rpartition(SEPARATOR)
        out.append(Event("end", local, space))

    def refuse(*_: object) -> None:
        raise HakushoError(
            f"{where}: its XML declares entities, which are not read: save it anew without them"
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: out.append(Event("text", text))
    parser.EntityDeclHandler = refuse
    try:
        for at in range(0, max(1, len(data)), PORTION):
            parser.Parse(data[at : at + PORTION], at + PORTION >= len(data))
            yield from out
            out.clear()
    except (expat.ExpatError, ValueError, LookupError) as error:
        said = str(error).splitlines()[0] if str(error) else "no XML"
        raise HakushoError(f"{where}: is damaged or cut off (XML: {said}): get it again") from None


def _local(attributes: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in attributes.items():
        local = name.rpartition(SEPARATOR)[2]
        found.setdefault(local, value)
        if SEPARATOR not in name:
            found[local] = value
    return found

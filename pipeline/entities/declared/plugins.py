"""Types that other packages bring: their entry points in the group ``hakusho.entity_types``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pipeline.entities import LABELS
from pipeline.entities.entity_type import EntityType
from pipeline.model.errors import HakushoError
from pipeline.model.labels import OwnLabel, is_label

GROUP = "hakusho.entity_types"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A type of another package: where it is, and how it looks. Each process loads it itself.

    Attributes:
        package: Name and version of the distribution.
    """

    name: str
    value: str
    package: str
    shown: OwnLabel

    def loaded(self) -> EntityType[Any]:
        """Load the type.

        Raises:
            HakushoError: It cannot be loaded here.
        """
        return _loaded(EntryPoint(self.name, self.value, GROUP), self.package)


def installed_plugins() -> tuple[Plugin, ...]:
    """Return the types of other packages that are installed, in the order of their names.

    Raises:
        HakushoError: One cannot be loaded, is no type, or has a label that is taken.
    """
    found: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        dist = point.dist
        package = f"{dist.name} {dist.version}" if dist else point.value.partition(":")[0]
        shown = _loaded(point, package).shown
        assert shown is not None  # noqa: S101 -- as _loaded saw to
        if shown.label in found:
            raise HakushoError(
                f"{package}: its type {point.name!r} has the label {shown.label!r} of a type of "
                f"{found[shown.label].package}: uninstall one of the two packages"
            )
        found[shown.label] = Plugin(point.name, point.value, package, shown)
    return tuple(found.values())


def _loaded(point: EntryPoint, package: str) -> EntityType[Any]:
    try:
        found = point.load()
    except Exception as error:  # whatever a foreign module does when it is imported
        raise HakushoError(
            f"{package}: its type {point.name!r} ({point.value}) cannot be loaded "
            f"({type(error).__name__}: {error}): mend or uninstall the package"
        ) from error
    if reason := _fault(found):
        raise HakushoError(f"{package}: its type {point.name!r} ({point.value}) {reason}")
    entity_type: EntityType[Any] = found
    return entity_type


def _fault(found: object) -> str:
    if not isinstance(found, EntityType):
        return f"is a {type(found).__name__}: name an EntityType in its entry point"
    if found.label in LABELS or not is_label(found.label):
        return f"has the label {found.label!r}: choose one of capital letters that is not {', '.join(LABELS)}"
    own = found.shown
    if own is None or own.label != found.label:
        return "does not say how it is called: give it shown=OwnLabel(label, name_en, name_ja, …)"
    if (
        own.measures != tuple((m.name, m.columns) for m in found.measures)
        or own.tells_time != found.tells_time
    ):
        return "compares other columns than its 'shown' says: let measures and tells_time be the same there"
    return ""

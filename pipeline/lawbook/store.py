"""Where the full list of laws is kept, and how it is read and replaced as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.export import write_files
from pipeline.facts import folder
from pipeline.lawbook.listed import ListedLaw, NotAListError, check, dump, parse
from pipeline.model.errors import HakushoError
from pipeline.read.intake import file_bytes

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pipeline.entities.laws.instruments import FullList

NAME = "laws.tsv"


def save(laws: list[ListedLaw], snapshot: date, source: str) -> Path:
    """Replace the list as a whole, once it has proved to be readable.

    Raises:
        HakushoError: A law in it could not be read again, or the folder cannot be written to.
    """
    try:
        check(laws)
        content = dump(laws, snapshot, source)
        if parse(content.encode().decode())[0] != laws:
            raise NotAListError("it reads back as another list")  # noqa: TRY301
    except (NotAListError, UnicodeError) as error:
        # The message names what was found, which may be what no terminal can show.
        told = str(error).encode("utf-8", "backslashreplace").decode()
        raise HakushoError(f"{source}: {told}: mend or remove it; the list that was there stays") from None
    write_files(folder(), {NAME: content})
    return folder() / NAME


def listed() -> tuple[list[ListedLaw], FullList] | None:
    """Return the list that is installed, None if there is none.

    Raises:
        HakushoError: It cannot be read or is damaged.
    """
    path = folder() / NAME
    try:
        return parse(file_bytes(path, str(path)).decode())
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, NotAListError) as error:
        raise HakushoError(
            f"{path}: is no whole list of laws ({error}): "
            "run 'hakusho laws update' again, or give --laws shipped to do without"
        ) from None


def installed_laws() -> FullList | None:
    """Return the full list of laws in the user's data folder, None if there is none.

    It is what ``hakusho laws update`` took from e-Gov's 法令API Version 2, or ``hakusho laws import`` from a
    file.

    Raises:
        HakushoError: It cannot be read or is damaged.
    """
    found = listed()
    return found[1] if found else None

"""Results at an address that fsspec knows (``s3://…``)."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pipeline import export
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from pipeline.export import Content

# Places that live in one process: nobody else can write there.
ALONE = ("memory",)


class Address:
    """A place that fsspec knows. A file is written under another name and moved; there is no lock."""

    def __init__(self, name: str) -> None:
        try:
            import fsspec
        except ImportError:
            raise HakushoError(
                f"{name}: results go to an address with fsspec, which is not installed: "
                'pip install "hakusho[ray]"'
            ) from None
        try:
            self._files, self._root = fsspec.url_to_fs(name)
        except (ImportError, ValueError) as error:
            raise HakushoError(
                f"{name}: no such kind of place ({error}): install what it needs, or give a folder"
            ) from None
        except Exception as error:  # each file system has faults of its own
            raise self._fault(name, error) from None
        self.name = name
        self.everywhere = self.shared = not name.startswith(tuple(f"{scheme}:" for scheme in ALONE))

    def probe(self) -> None:
        """Make sure that it exists and can be written to; raises HakushoError if not."""
        self.write("", [(".probe", "")])
        with suppress(Exception):
            self._files.rm_file(self._place("", ".probe"))

    def locked(self) -> AbstractContextManager[None]:
        """Do nothing: object stores have no locks that end with a process."""
        return nullcontext()

    def read(self, part: str, name: str) -> bytes | None:
        """Return a file's content, or None if it cannot be read."""
        try:
            data: bytes = self._files.cat_file(self._place(part, name))
        except Exception:  # whatever a file system calls it
            return None
        return data

    def write(self, part: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
        """Write files, each whole or not at all, and return their SHA-256.

        Raises:
            HakushoError: That fails.
        """
        waiting: dict[str, str] = {}
        hashes: dict[str, str] = {}
        try:
            self._files.makedirs(self._place(part), exist_ok=True)
            for name, content in files:
                hashes[name] = export.digest_of(content)
                temporary = self._place(part, f"{export.TEMPORARY}{uuid4().hex}")
                waiting[temporary] = self._place(part, name)
                if isinstance(content, Path):
                    self._files.put_file(str(content), temporary)
                else:
                    self._files.pipe_file(temporary, export.encoded(content))
            for temporary, final in list(waiting.items()):
                self._move(temporary, final)
                del waiting[temporary]
        except HakushoError:
            raise
        except Exception as error:
            raise self._fault(self.name, error) from None
        finally:
            for temporary in waiting:
                with suppress(Exception):
                    self._files.rm_file(temporary)
        return hashes

    def tidy(self, part: str) -> None:
        """Remove files that a killed run left half-written."""
        with suppress(Exception):  # the next step says what is wrong
            self._files.invalidate_cache()
            for path in self._files.ls(self._place(part), detail=False):
                if path.rsplit("/", 1)[-1].startswith(export.TEMPORARY):
                    self._files.rm_file(path)

    def names(self, part: str) -> set[str]:
        """Return the names of what is there, hidden ones left out."""
        try:
            self._files.invalidate_cache()
            paths = self._files.ls(self._place(part), detail=False)
        except Exception:  # nothing is there
            return set()
        found = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}
        return {name for name in found if name[:1] != "."}

    def remove(self, part: str, names: Iterable[str]) -> None:
        """Remove files, and the part if it is empty then; raises HakushoError if a file cannot be removed."""
        there = self.names(part)
        try:
            for name in there.intersection(names):
                self._files.rm_file(self._place(part, name))
        except Exception as error:
            raise self._fault(self.name, error) from None
        if part and not self.names(part):
            with suppress(Exception):  # object stores have no empty folders
                self._files.rmdir(self._place(part))

    def location(self, path: str) -> str:
        """Return an absolute path."""
        return os.path.abspath(path)  # noqa: PTH100 -- what a link leads to is another place

    def located(self, location: str) -> str:
        """Return the absolute path of what :meth:`location` gave."""
        return location

    def _move(self, temporary: str, final: str) -> None:
        """Move a file over another; if that means copying and removing, names are not read as patterns."""
        from fsspec.spec import AbstractFileSystem

        if type(self._files).mv is AbstractFileSystem.mv:
            self._files.cp_file(temporary, final)
            self._files.rm_file(temporary)
        else:
            self._files.mv(temporary, final)

    def _place(self, *parts: str) -> str:
        return "/".join(part for part in (self._root.rstrip("/"), *parts) if part)

    @staticmethod
    def _fault(name: str, error: Exception) -> HakushoError:
        reason = " ".join(str(error).split()) or type(error).__name__
        return HakushoError(
            f"{name}: cannot be written ({reason}): "
            "check the address and your rights there, or give another with -o"
        )

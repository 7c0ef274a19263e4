"""Results at an address that fsspec knows (``s3://…``)."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pipeline import export
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require
from pipeline.read.places import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from pipeline.export import Content

# Places that live in one process: nobody else can write there.
ALONE = ("memory",)
# Stores without folders: to make one there would make the bucket, of whose name there may be a slip.
BUCKETS = frozenset(("s3", "gs", "abfs"))


class Address:
    """A place that fsspec knows. A file is written under another name and moved; there is no lock."""

    def __init__(self, name: str) -> None:
        require(f"-o {name}", ("fsspec",), "remote")
        import fsspec

        self.name = name
        try:
            self._files, self._root = fsspec.url_to_fs(name)
        except (ImportError, ValueError) as error:
            raise HakushoError(
                f"{name}: no such kind of place ({error}): install what it needs, or give a folder"
            ) from None
        except Exception as error:  # each file system has faults of its own
            raise self._unwritten(error) from None
        protocol = self._files.protocol
        self._folders = BUCKETS.isdisjoint((protocol,) if isinstance(protocol, str) else protocol)
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
        """Return a file's content, or None if there is none.

        Raises:
            HakushoError: It may be there, and cannot be read: what it says must not be taken for gone.
        """
        try:
            data: bytes = self._files.cat_file(self._place(part, name))
        except (FileNotFoundError, IsADirectoryError):
            return None
        except Exception as error:  # whatever a file system calls it
            raise self._unread(error) from None
        return data

    def write(self, part: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
        """Write files, each whole or not at all, and return their SHA-256.

        Raises:
            HakushoError: That fails.
        """
        waiting: dict[str, str] = {}
        hashes: dict[str, str] = {}
        try:
            if self._folders:
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
            raise self._unwritten(error) from None
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
        """Return the names of what is there, hidden ones left out; raises HakushoError if nobody can tell."""
        try:
            self._files.invalidate_cache()
            paths = self._files.ls(self._place(part), detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return set()
        except Exception as error:
            raise self._unread(error) from None
        found = {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}
        return {name for name in found if name[:1] != "."}

    def remove(self, part: str, names: Iterable[str]) -> None:
        """Remove files, and the part if it is empty then; raises HakushoError if a file cannot be removed."""
        there = self.names(part)
        try:
            for name in there.intersection(names):
                self._files.rm_file(self._place(part, name))
        except Exception as error:
            raise self._unwritten(error) from None
        if part and not self.names(part):
            with suppress(Exception):  # object stores have no empty folders
                self._files.rmdir(self._place(part))

    def location(self, path: str) -> str:
        """Return an absolute path, an address as it is."""
        return absolute(path)

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

    def _unwritten(self, error: Exception) -> HakushoError:
        return HakushoError(
            f"{self.name}: cannot be written ({_reason(error)}): "
            "check the address, your credentials and your rights there, or give another with -o"
        )

    def _unread(self, error: Exception) -> HakushoError:
        return HakushoError(
            f"{self.name}: what is there cannot be read ({_reason(error)}): "
            "check your rights there, or give another address with -o"
        )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__

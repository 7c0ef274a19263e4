"""Templates as jinja2 compiled them, kept beside the package as Python keeps its modules: in ``__pycache__``.

Whoever may write there may change the package itself, so that no more is believed than before. A place that
cannot be written, and ``PYTHONDONTWRITEBYTECODE``, mean that templates are compiled each time.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "templates" / "__pycache__"


class Compiled(BytecodeCache):
    """Compiled templates in a folder.

    jinja2 compares the source that one was made of. Its name tells the versions of Python and jinja2, and it
    begins with a hash of itself: what was cut off or damaged is compiled anew.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Take the folder; it is made for the first template."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, if its template is there and whole."""
        with suppress(OSError):
            content = self._path(bucket).read_bytes()
            if content[:32] == sha256(content[32:]).digest():
                bucket.bytecode_from_string(content[32:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; another process may do so at the same time."""
        if sys.dont_write_bytecode:
            return
        content, path = bucket.bytecode_to_string(), self._path(bucket)
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}")
            part.write_bytes(sha256(content).digest() + content)
            part.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}.jinja2-{jinja2.__version__}"

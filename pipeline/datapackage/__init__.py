"""A run's folder as a data set: what its documents are, tables over them, and descriptions that tools read.

Everything here follows from ``run.json`` and the documents' files, so that a run that was resumed, shared
between processes or stopped half-way describes exactly what is in its folder.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.croissant import croissant_json
from pipeline.datapackage.described import formats_of
from pipeline.datapackage.frictionless import datapackage_json
from pipeline.datapackage.over_all import over_all
from pipeline.export import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.export import Content

__all__ = ["package_files"]


def package_files(
    manifest: Mapping[str, Any], read: Callable[[str, str], bytes | None]
) -> Iterator[tuple[str, Content]]:
    """Yield the files that describe a run, one after the other: name, content.

    The tables over all documents come first, in the formats that were asked for; each is a file of a
    temporary folder, to be copied before the next one is asked for. ``datapackage.json`` describes all files;
    ``croissant.json`` describes Parquet, and is there with it only.

    Args:
        manifest: The content of ``run.json``.
        read: Gives what the run's folder holds of a document (its id) under a file name; None if it holds
            none.
    """
    hashes: dict[str, str] = {}
    with TemporaryDirectory(prefix="hakusho-") as folder:
        for path in over_all(manifest, read, Path(folder)):
            hashes[path.name] = digest_of(path)
            yield path.name, path
    yield "datapackage.json", datapackage_json(manifest, hashes)
    if "parquet" in formats_of(manifest):
        yield "croissant.json", croissant_json(manifest, hashes)

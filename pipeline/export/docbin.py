"""spaCy ``DocBin``: the text with its tokens and mentions, for those who train or evaluate with spaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import DocBin

from pipeline.spacy.doc import to_doc

if TYPE_CHECKING:
    from pipeline.document.document import Document


def docbin_files(document: Document) -> dict[str, bytes]:
    """Return ``document.spacy``: name → content; for the ``Doc`` in it see ``pipeline.spacy.doc``."""
    return {"document.spacy": DocBin(docs=[to_doc(document)], store_user_data=True).to_bytes()}

"""Where a person's own lists are kept: the full list of laws, the index of registered bodies."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

FOLDER = "HAKUSHO_DATA"


def folder() -> Path:
    """Return the user's data folder: ``$HAKUSHO_DATA``, else the system's usual place."""
    own = os.environ.get(FOLDER)
    return Path(own) if own else user_data_path("hakusho", appauthor=False)

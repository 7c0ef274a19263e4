"""hakusho: organizations, dates and laws of Japanese white papers, as tables that can be trusted.

The public names of ``pipeline``, under a name that no folder of yours has:

>>> import hakusho
>>> hakusho.parse_date("平成25年10月3日").value
'2013-10-03'

``pipeline`` is a usual name for a folder of one's own. ``import hakusho`` takes the package of that name that was
installed with it, whatever stands first on the path; in that process, ``pipeline`` is then hakusho's.
"""

import sys
from pathlib import Path

_PLACE = Path(__file__).resolve().parent.parent


def _claim() -> None:
    """Import the ``pipeline`` beside this package, wherever the path leads; raises ImportError if it is too late."""
    sys.path.insert(0, str(_PLACE))
    try:
        import pipeline
    finally:
        sys.path.remove(str(_PLACE))
    found = getattr(pipeline, "__file__", None) or next(iter(pipeline.__path__), "")
    if Path(found).resolve().parent != _PLACE / "pipeline":
        raise ImportError(
            f"hakusho: another package called pipeline is imported already ({found}): "
            "import hakusho before it, or in a process of its own"
        )


_claim()

from pipeline import *  # noqa: E402, F403 -- not before it is the right one
from pipeline import __all__ as __all__  # noqa: E402

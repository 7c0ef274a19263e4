"""hakusho: organizations, dates and laws of Japanese white papers, as tables that can be trusted.

The public names of ``pipeline``, under a name that no folder of yours has:

>>> import hakusho
>>> hakusho.parse_date("平成25年10月3日").value
'2013-10-03'

``pipeline`` is a usual name for a folder of one's own. ``import hakusho`` takes the package of that name that was
installed with it, whatever stands first on the path; in that process, ``pipeline`` is then hakusho's.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

_PLACE = Path(__file__).resolve().parent.parent


def _ours() -> Any:
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
    return pipeline


_PIPELINE = _ours()

if TYPE_CHECKING:
    from pipeline import *  # noqa: F403
    from pipeline import __all__ as __all__
else:
    __all__ = _PIPELINE.__all__

    def __getattr__(name: str) -> Any:
        """Return a public name when it is asked for, so that nothing is loaded before."""
        if name in __all__:
            return getattr(_PIPELINE, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

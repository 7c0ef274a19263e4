"""Optional packages: an error names the extra to install when one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from pipeline.model.errors import HakushoError


def require(what: str, modules: tuple[str, ...], extra: str = "", instead: str = "") -> None:
    """Make sure that modules are installed, before anything is begun that needs them.

    Args:
        what: What needs the modules, such as a command or an option. It is not translated.
        modules: Their names as they are imported.
        extra: Of the distribution that brings them; empty if the distribution itself does, so that only a
            lean installation (``lean.txt``) is without them.
        instead: What does without them, if anything does.

    Raises:
        HakushoError: One is missing.
    """
    for module in modules:
        if find_spec(module) is None:
            name = f"hakusho[{extra}]" if extra else "hakusho"
            if instead:
                raise HakushoError(
                    f"{what} needs {name} ({module} is not installed): "
                    f'install it with pip install "{name}", or take {instead}'
                )
            raise HakushoError(
                f'{what} needs {name} ({module} is not installed): install it with pip install "{name}"'
            )

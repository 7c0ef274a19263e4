"""Messages for people, on stderr: stdout belongs to the data."""

from __future__ import annotations

from rich.console import Console

messages = Console(stderr=True, highlight=False, soft_wrap=True)

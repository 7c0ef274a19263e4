"""The error that a user sees: one line."""


class HakushoError(Exception):
    """A user's error: one line that says what was found, what was wanted and what to do."""

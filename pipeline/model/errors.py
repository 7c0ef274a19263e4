"""The error that a user sees: one line."""

# More code points than a line that a person reads has (決め打ち): a damaged file may be one cell of millions.
LONGEST, BEGIN, END = 2000, 1400, 500


class HakushoError(Exception):
    """A user's error: one line that says what was found, what was wanted and what to do."""

    def __str__(self) -> str:
        """Return the line; of a very long one its begin, which names the file, and its end, the way out."""
        text = super().__str__()
        return text if len(text) <= LONGEST else f"{text[:BEGIN]} … {text[-END:]}"

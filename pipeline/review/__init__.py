"""A finished run, read back: its reports, corrections to it, the server that takes them, other tools' formats."""

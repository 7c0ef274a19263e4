"""Corrections to a finished run, the server that takes them, and the formats of other tools."""

"""The commands of ``hakusho``: each parses, calls one function and prints."""

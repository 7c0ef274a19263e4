"""The full list of laws in the user's data folder: read from e-Gov or from a file, kept, looked up.

Nothing here is needed to find laws in a text: without a full list the shipped registry does it alone.
"""

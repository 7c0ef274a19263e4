"""The register of all bodies with a 法人番号 in the user's data folder: read from a file, kept, looked up.

Nothing here is needed to find organizations in a text: without it they get the identifiers of the shipped registry.
"""

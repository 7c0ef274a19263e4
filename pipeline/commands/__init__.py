"""The commands of ``hakusho`` beyond those of ``cli.py``, and what they have in common: parse, call, print."""

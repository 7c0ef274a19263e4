"""``python -m hakusho`` is the command ``hakusho``."""

from pipeline.cli import main

if __name__ == "__main__":
    main()

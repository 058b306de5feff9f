"""`python -m reader` is `newsread`."""

from reader.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

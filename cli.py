"""Launcher for a checkout: `python cli.py` is the same as the installed `quotes` command."""

from quotes.cli import main

if __name__ == "__main__":
    main()

"""The command line: one file a command; `main` is the console script."""

from onrecord.cli.app import main

__all__ = ["main"]

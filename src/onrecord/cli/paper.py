"""Lines of a view on standard output or in a file, coloured on a terminal only."""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from onrecord.cli.output import open_output
from onrecord.show.views.cite_text import Line, Piece, plain

STYLES: Mapping[str, dict[str, Any]] = {
    "head": {"bold": True, "underline": True},
    "strong": {"bold": True},
    "quiet": {"dim": True},
    "type": {"bold": True, "fg": "yellow"},
    "actor": {"fg": "green"},
    "recipient": {"fg": "magenta"},
    "by": {"fg": "cyan"},
    "cue": {"fg": "cyan"},
    "when": {"fg": "blue"},
    "where": {"fg": "blue"},
    "condition": {"fg": "red"},
    "quantity": {"bold": True, "fg": "bright_blue"},
    "added": {"bold": True, "fg": "green"},
    "gone": {"fg": "red"},
}
WIDTH, NARROWEST, WIDEST = 88, 60, 100


def paper_width() -> int:
    """Return how wide a page is: as the terminal, within what reads well."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def print_paper(lines: Iterable[Line], output: Path | None) -> None:
    """Print lines, in colours on a terminal that wants them."""
    coloured = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    with open_output(output) as stream:
        for line in lines:
            shown = "".join(map(_styled, line)) if coloured else plain(line)
            stream.write(f"{shown}\n")


def print_texts(lines: Iterable[str], output: Path | None) -> None:
    """Print lines as they are."""
    with open_output(output) as stream:
        for line in lines:
            stream.write(f"{line}\n")


def _styled(piece: Piece) -> str:
    style = STYLES.get(piece.style or "")
    return click.style(piece.text, **style) if style else piece.text

"""Tables and marked sentences on a terminal; the only file that draws with rich."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.show.explanation import Cell
from onrecord.show.marks import Segment, marked_pieces

COLOURS = {
    "type": "bold yellow",
    "actor": "bold green",
    "recipient": "bold magenta",
    "by": "bold cyan",
    "cue": "cyan",
    "factuality": "red",
    "condition": "red",
    "when": "blue",
    "where": "blue",
    "quantity": "bright_blue",
}
NARROW = 14  # columns whose widest cell is shorter are never folded
UNFOLDED = 4_000  # columns of a pipe


def stdout_console() -> Console:
    """Return a console on standard output that changes no word by itself.

    A pipe gets lines as long as they are.
    """
    width = None if sys.stdout.isatty() else UNFOLDED
    return Console(
        file=sys.stdout, highlight=False, markup=False, emoji=False, width=width
    )


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that fits the terminal; long cells fold."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for i, name in enumerate(header):
        widest = max([len(name), *(len(row[i]) for row in rows)])
        table.add_column(name, no_wrap=widest <= NARROW, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    stdout_console().print(table)


def print_marked(segments: Sequence[Segment], console: Console) -> None:
    """Print a sentence on one line, its marks in brackets, coloured on a terminal."""
    text = Text()
    for piece in marked_pieces(segments):
        style = COLOURS.get((piece.label or "").partition(",")[0], "")
        text.append(piece.text, style="dim" if piece.bracket else style)
    console.print(text)


def print_cells(cells: Iterable[Cell], console: Console) -> None:
    """Print a line for each cell: what it is, its value, words and rule."""
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    for name in ("cell", "value", "words", "read by"):
        table.add_column(name, overflow="fold")
    for cell in cells:
        quoted = [f"“{w}”" for w in cell.words]
        quoted += [f"“{w}”, elsewhere" for w in cell.outside]
        table.add_row(
            Text(cell.label, style=COLOURS.get(cell.label, "")),
            Text(cell.value),
            Text(", ".join(quoted)),
            Text(cell.rule or ""),
        )
    console.print(table)

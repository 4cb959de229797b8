"""Tables and marked sentences on a terminal; the only file that draws with rich."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.show.explanation import Cell, Words
from onrecord.show.marks import Segment, marked_pieces
from onrecord.show.visible import one_line

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
NARROW = 24  # columns whose widest cell is no longer, as an id, are never folded
GAP = 2  # blanks between columns
INDENT = 4  # of cells below their row
LEAST = 12  # columns never get narrower than that
ROOM = 80  # the widest cell that counts when columns share the room that is left
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
    """Print a table that fits the terminal; long cells fold.

    Where the terminal is too narrow for all columns, the last ones stand below.
    Names of columns are made safe here: a query may take them from reports.
    """
    console = stdout_console()
    header = [one_line(name) for name in header]
    columns = zip(header, *rows, strict=True)
    widest = [max(map(len, column)) for column in columns]
    beside = _beside(widest, console.width)
    if beside < len(header):
        _print_in_two(header, rows, _fit(widest[:beside], console.width), console)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in zip(header, _fit(widest, console.width), strict=True):
        table.add_column(name, width=width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _print_trimmed(table, console)


def _print_in_two(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    console: Console,
) -> None:
    """Print each row with the cells that have no width below it, indented."""
    for number, row in enumerate([header, *rows]):
        style = "" if number else "bold"
        line = Table(box=None, pad_edge=False, show_header=False)
        for width in widths:
            line.add_column(width=width, overflow="fold")
        line.add_row(*(Text(cell, style) for cell in row[: len(widths)]))
        console.print(line)
        below = " · ".join(cell or "–" for cell in row[len(widths) :])
        console.print(Padding(Text(below, style), (0, 0, 0, INDENT)))


def _beside(widest: Sequence[int], room: int) -> int:
    """Return how many columns fit side by side, at least one."""
    for count in range(len(widest), 1, -1):
        if sum(_fit(widest[:count], room)) + GAP * (count - 1) <= room:
            return count
    return 1


def _fit(widest: Sequence[int], room: int) -> list[int]:
    """Return the columns' widths: narrow ones whole, the rest by what they need."""
    left = room - GAP * (len(widest) - 1) - sum(w for w in widest if w <= NARROW)
    folding = [w for w in widest if w > NARROW]
    if sum(folding) <= left:
        return list(widest)
    needs = sum(min(w, ROOM) for w in folding)
    return [
        w if w <= NARROW else min(w, max(LEAST, left * min(w, ROOM) // needs))
        for w in widest
    ]


def print_marked(segments: Sequence[Segment], console: Console) -> None:
    """Print a sentence on one line, its marks in brackets, coloured on a terminal."""
    text = Text()
    for piece in marked_pieces(segments):
        style = COLOURS.get((piece.label or "").partition(",")[0], "")
        text.append(piece.text, style="dim" if piece.bracket else style)
    console.print(text)


def print_cells(cells: Iterable[Cell], console: Console) -> None:
    """Print a line for each cell: what it is, its value, words and rule."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("cell", "value", "words", "read by"):
        table.add_column(name, overflow="fold")
    for cell in cells:
        table.add_row(
            Text(cell.label, style=COLOURS.get(cell.label, "")),
            Text(cell.value),
            Text(_cited(cell)),
            Text(cell.rule or ""),
        )
    _print_trimmed(table, console)


def print_pairs(pairs: Iterable[tuple[str, str]], console: Console) -> None:
    """Print names with what they are, the second column in line."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(Text(name, style="bold"), Text(one_line(value)))
    _print_trimmed(table, console)


def _cited(cell: Cell) -> str:
    """Return the cell's words, with those that a pronoun stands for behind them."""
    own = ", ".join(map(_quoted, cell.words))
    through = ", ".join(map(_quoted, cell.through))
    return f"{own} ← {through}" if through else own


def _quoted(words: Words) -> str:
    if words.start is None:
        return f"“{words.text}”"
    return f"“{words.text}” (elsewhere, at {words.start})"


def _print_trimmed(table: Table, console: Console) -> None:
    """Print a table; in a pipe without the blanks that fill its lines."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        console.print(Text(line.rstrip()))

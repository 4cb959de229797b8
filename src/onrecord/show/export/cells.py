"""Lines of tab-separated files, which any strict reader gets back."""

from collections.abc import Iterable, Sequence

from onrecord.show.visible import plain_cell

QUOTE = '"'


def raw_line(values: Iterable[object]) -> str:
    """Return a tab-separated line that reads the same whether quotes count or not.

    Straight quotation marks become apostrophes: readers of these files differ in
    what they take them for, and one that begins a cell swallows the lines after it.
    """
    cells = (plain_cell(value).replace(QUOTE, "'") for value in values)
    return "\t".join(cells) + "\n"


def joined(values: Sequence[str | None], between: str) -> str | None:
    """Return texts with `between` in between; None when there are none."""
    kept = [value for value in values if value]
    return between.join(kept) if kept else None

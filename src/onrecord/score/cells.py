"""Count which cells agree, of an event whose type is right.

  actors, recipients   every gold party and no other, by country or name
  when                 the same first and last day
  when overlaps        the days meet
  where                one given place is gold's: one name holds the other
  numbers              every gold number is given, by value

`given` counts where gold has the cell, `absent` where it has none and neither have we;
the day of publication is no time that the text tells.
"""

from collections.abc import Iterator, Mapping

import msgspec

from onrecord.score.counting import Counts, Share, add, count_share, share_of
from onrecord.score.matching import is_actor_right, is_recipient_right
from onrecord.score.shapes import Act, Days, Who

CELLS = ("actors", "recipients", "when", "when_overlaps", "where", "numbers")


class CellFigures(msgspec.Struct, frozen=True):
    """How often a cell agrees: in all, where gold has it, where it has none."""

    all: Share
    given: Share | None
    absent: Share | None


def count_cells(counts: Counts, gold: Act, given: Act) -> None:
    """Add which cells of a pair agree; say of which cells it cannot be told."""
    for cell, has, right in _check(gold, given):
        if right is None:
            add(counts, f"uncompared.{cell}")
            continue
        count_share(counts, f"cell.{cell}.{'given' if has else 'absent'}", right)


def cell_figures(counts: Mapping[str, float]) -> dict[str, CellFigures]:
    """Return the figures of the cells that could be compared at all."""
    figures = {}
    for cell in CELLS:
        given = share_of(counts, f"cell.{cell}.given")
        absent = share_of(counts, f"cell.{cell}.absent")
        both = [share for share in (given, absent) if share is not None]
        if not both:
            continue
        n = sum(share.n for share in both)
        right = sum(
            counts.get(f"cell.{cell}.{name}.part", 0) for name in ("given", "absent")
        )
        figures[cell] = CellFigures(Share(100 * right / n, n), given, absent)
    return figures


def _check(gold: Act, given: Act) -> Iterator[tuple[str, bool, bool | None]]:
    """Yield each cell: whether gold has it, and whether it agrees; None: unknown."""
    roles = (
        ("actors", gold.actors, given.actors, is_actor_right),
        ("recipients", gold.recipients, given.recipients, is_recipient_right),
    )
    for cell, wanted, ours, is_right in roles:
        known = wanted is not None and ours is not None
        yield cell, bool(wanted), is_right(gold, given) if known else None
    yield from _check_when(gold, given)
    known = gold.where is not None and given.where is not None
    right = _is_same_place(gold.where or (), given.where or ())
    yield "where", bool(gold.where), right if known else None
    known = gold.numbers is not None and given.numbers is not None
    right = set(gold.numbers or ()) <= set(given.numbers or ())
    yield "numbers", bool(gold.numbers), right if known else None


def _check_when(gold: Act, given: Act) -> Iterator[tuple[str, bool, bool | None]]:
    if gold.when is None or given.when is None:
        yield "when", bool(gold.when), None
        yield "when_overlaps", bool(gold.when), None
        return
    if not gold.when:
        silent = not (given.when and given.is_told)
        yield "when", False, silent
        yield "when_overlaps", False, silent
        return
    yield "when", True, gold.when == given.when
    yield "when_overlaps", True, any(_meet(gold.when[0], days) for days in given.when)


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _is_same_place(gold: tuple[Who, ...], given: tuple[Who, ...]) -> bool:
    if not gold:
        return not given
    names = gold[0].names
    return any(a in b or b in a for a in names for p in given for b in p.names)

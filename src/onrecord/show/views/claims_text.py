"""Claims against denials as lines of text, both sides side by side."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from onrecord.show.views.brief_words import FACTUALITIES
from onrecord.show.views.cite_text import (
    Line,
    Piece,
    counted,
    joined,
    plain,
    published,
    quoted,
    short_id,
    whose_word,
    wrap,
)
from onrecord.show.views.claims_shape import Claim, Claims, Side

WIDTH = 88
INDENT = " " * 4
GAP = 3  # blanks between the two sides


def claims_lines(found: Claims, *, width: int = WIDTH) -> Iterator[Line]:
    """Yield the lines, none wider than `width` but for a single long word."""
    yield (Piece(count_line(found), "head"),)
    for at, claim in enumerate(found.claims, 1):
        yield ()
        yield from _claim(at, claim, width)
    more = found.count - len(found.claims)
    if more:
        yield ()
        yield (Piece(f"and {more:,} more; --limit shows them", "quiet"),)


def count_line(found: Claims) -> str:
    """Return how many claims there are, in a sum."""
    if not found.count:
        return "Nothing is denied."
    return (
        f"{found.count:,} denied = {found.answered:,} with the claim they deny"
        f" + {found.alone:,} with none known"
    )


def _claim(at: int, claim: Claim, width: int) -> Iterator[Line]:
    name = "/".join(part for part in (claim.event_type, claim.mode) if part)
    actors = joined(claim.actors) or "nobody named"
    recipients = joined(claim.recipients)
    dyad = f"{actors} → {recipients}" if recipients else actors
    head = [Piece(name, "type"), Piece(" · "), Piece(dyad, "strong")]
    yield from wrap(head, width=width, first=f"{at:>2}  ", rest=INDENT)
    if claim.basis == "alike":
        note = "perhaps not what is denied: one type, a party in common on either side"
        yield from wrap([Piece(note, "quiet")], width=width, first=INDENT, rest=INDENT)
    if not claim.claimed:
        yield from _alone(claim, width)
        return
    column = (width - GAP) // 2
    left = list(_side_lines("claimed", claim.claimed, claim.claimed_count, column))
    right = list(_side_lines("denied", claim.denied, claim.denied_count, column))
    for one, other in zip_longest(left, right, fillvalue=()):
        blank = " " * (column - len(plain(one)) + GAP)
        yield (*_trimmed(one), Piece(blank), *other) if other else one


def _alone(claim: Claim, width: int) -> Iterator[Line]:
    """Yield a denial of what no report is known to claim."""
    inner = width - len(INDENT)
    for line in _side_lines("denied", claim.denied, claim.denied_count, inner):
        yield (Piece(INDENT), *line)


def _trimmed(line: Line) -> Line:
    """Leave out what fills the end of a line."""
    return tuple(piece for piece in line if piece.text)


def _side_lines(
    label: str, sides: Sequence[Side], count: int, width: int
) -> Iterator[Line]:
    yield (Piece(f"{label} · {counted(count, 'event')}", "strong"),)
    for side in sides:
        who = [Piece(f"{side.date or 'no date'} · "), Piece(whose_word(side.by), "by")]
        yield from wrap(who, width=width)
        yield from wrap(quoted(side.cite), width=width, first="  ", rest="  ")
        rests = " · ".join(
            (
                FACTUALITIES[side.factuality],
                published(side.cite).rpartition(",")[0],
                counted(side.reports, "report"),
                short_id(side.cite),
            )
        )
        yield from wrap([Piece(rests, "quiet")], width=width, first="  ", rest="  ")

"""A passage cut where its marked words begin and end."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from onrecord.show.visible import one_line


class Mark(msgspec.Struct, frozen=True, order=True):
    """Words of a report with what they stand for, such as `actor`."""

    start: int
    end: int
    label: str


class Segment(msgspec.Struct, frozen=True):
    """Words under the same marks, the outermost first."""

    text: str
    marks: tuple[Mark, ...]


def cut_segments(text: str, start: int, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Return `text`, which begins at code point `start`, cut at all marks within it.

    Marks that reach out of the text are left out; several on the same words are one.
    """
    end = start + len(text)
    inside = _merged(m for m in marks if start <= m.start and m.end <= end)
    cuts = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    return tuple(
        Segment(
            text[left - start : right - start],
            tuple(m for m in inside if m.start <= left and right <= m.end),
        )
        for left, right in pairwise(cuts)
    )


def _merged(marks: Iterable[Mark]) -> list[Mark]:
    """Return one mark a range, the wider before what it holds."""
    labels: dict[tuple[int, int], list[str]] = {}
    for mark in marks:
        known = labels.setdefault((mark.start, mark.end), [])
        if mark.label not in known:
            known.append(mark.label)
    ordered = sorted(labels, key=lambda r: (r[0], -r[1]))
    return [Mark(a, b, ", ".join(labels[a, b])) for a, b in ordered]


class Piece(msgspec.Struct, frozen=True):
    """Part of a marked line: words under the mark `label`, or a bracket of it."""

    text: str
    label: str | None
    bracket: bool


def marked_pieces(segments: Sequence[Segment]) -> tuple[Piece, ...]:
    """Return the passage on one line, its marks written out as brackets."""
    out: list[Piece] = []
    opened: tuple[Mark, ...] = ()
    for segment in (*segments, Segment("", ())):
        kept = _shared(opened, segment.marks)
        out += [Piece("]", mark.label, True) for mark in reversed(opened[kept:])]
        out += [Piece(f"[{m.label}: ", m.label, True) for m in segment.marks[kept:]]
        label = segment.marks[-1].label if segment.marks else None
        out.append(Piece(one_line(segment.text), label, False))
        opened = segment.marks
    return tuple(piece for piece in out if piece.text)


def plain_marks(segments: Sequence[Segment]) -> str:
    """Return the passage on one line with its marks.

    >>> plain_marks(cut_segments("Kyiv said no", 0, [Mark(0, 4, "actor")]))
    '[actor: Kyiv] said no'
    """
    return "".join(piece.text for piece in marked_pieces(segments))


def _shared(left: Sequence[Mark], right: Sequence[Mark]) -> int:
    """Return how many marks two segments share from the outermost on."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count

"""Lines of text in which pieces have a style, so that a terminal can colour them.

Every text is made safe here: nothing of a report can steer a terminal.
"""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from onrecord.show.marks import Mark, Segment, cut_segments
from onrecord.show.views.cite import Cite
from onrecord.show.visible import one_line

OPEN, CLOSE = "«", "»"
SHORT_ID = 12  # as the table of events shows ids; enough for `explain`


class Piece(msgspec.Struct, frozen=True):
    """Some text, and what it is: `head`, `quiet`, or the cell it stands for."""

    text: str
    style: str | None = None


Line = tuple[Piece, ...]


def plain(line: Line) -> str:
    """Return a line without its styles."""
    return "".join(piece.text for piece in line).rstrip()


def wrap(
    pieces: Iterable[Piece], *, width: int, first: str = "", rest: str = ""
) -> Iterator[Line]:
    """Yield lines of at most `width` columns, broken at blanks.

    `first` stands before the first line, `rest` before the others; a word that is too
    long for a line has one of its own.
    """
    line: list[Piece] = [Piece(first)]
    used, empty = len(first), True
    for words in _words(pieces):
        room = sum(len(piece.text) for piece in words)
        if not empty and used + 1 + room > width:
            yield tuple(line)
            line, used, empty = [Piece(rest)], len(rest), True
        if not empty:
            line.append(Piece(" "))
            used += 1
        line += words
        used, empty = used + room, False
    yield tuple(line)


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield what stands between blanks, each as pieces."""
    word: list[Piece] = []
    for piece in pieces:
        parts = one_line(piece.text).split(" ")
        for number, part in enumerate(parts):
            if number and word:
                yield word
                word = []
            if part:
                word.append(Piece(part, piece.style))
    if word:
        yield word


def quoted(cite: Cite, labels: Collection[str] = ()) -> tuple[Piece, ...]:
    """Return the sentence with the words under `labels` in «marks», the others styled.

    Without labels these are the words that call up the event or the statement.
    """
    labels = labels or called_up(cite)
    out: list[Piece] = []
    opened = False
    for segment, styles in marked_segments(cite):
        wanted = any(style in labels for style in styles)
        if wanted != opened:
            out.append(Piece(OPEN if wanted else CLOSE, "quiet"))
            opened = wanted
        style = next((s for s in styles if s in labels), None)
        out.append(Piece(segment.text, style or (styles[-1] if styles else None)))
    return (*out, Piece(CLOSE, "quiet")) if opened else tuple(out)


def called_up(cite: Cite) -> frozenset[str]:
    """Return the cell whose words call up what is cited."""
    return frozenset({"type" if cite.event_id else "cue"})


def marked_segments(cite: Cite) -> Iterator[tuple[Segment, tuple[str, ...]]]:
    """Yield the sentence in segments, each with the cells that rest on it."""
    marks = [Mark(cell.start, cell.end, cell.cell) for cell in cite.cells]
    for segment in cut_segments(cite.sentence.text, cite.sentence.start, marks):
        labels = (label for mark in segment.marks for label in mark.label.split(", "))
        yield segment, tuple(dict.fromkeys(labels))


def published(cite: Cite) -> str:
    """Return who published it and when."""
    outlet = cite.outlet or "outlet not known"
    return one_line(f"{outlet}, {cite.date or 'date not known'}")


def whose_word(by: tuple[str, ...]) -> str:
    """Return on whose word it stands, the one that the report cites first."""
    if not by:
        return "the report's own word"
    return one_line("on the word of " + ", who cites ".join(by))


def short_id(cite: Cite) -> str:
    """Return the beginning of the event's or statement's id."""
    return (cite.event_id or cite.statement_id or "")[:SHORT_ID]


def joined(names: Iterable[str], most: int = 3) -> str:
    """Return some names, and how many more there are."""
    names = tuple(names)
    shown = ", ".join(names[:most])
    return one_line(
        f"{shown} and {len(names) - most} more" if len(names) > most else shown
    )


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "report"), counted(2, "story", "stories")
    ('1 report', '2 stories')
    """
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}"

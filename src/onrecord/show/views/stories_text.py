"""Stories as lines of text: a row each, or one with its copies."""

from collections.abc import Iterator, Sequence

from onrecord.show.views.cite import Passage
from onrecord.show.views.cite_text import (
    CLOSE,
    OPEN,
    Line,
    Piece,
    counted,
    wrap,
)
from onrecord.show.views.stories_shape import (
    Altered,
    Departure,
    Stories,
    StoryLink,
    StoryReport,
    StoryRow,
    StoryView,
)
from onrecord.show.visible import one_line

INDENT = " " * 4
WIDTH = 88
SENTENCES = 8  # of one copy; the others are counted
COLUMNS = ("id", "date", "outlet", "reports", "copies", "linked", "events", "title")
SHORT_ID = 12
KINDS = {
    "update": ("updates it", "it updates"),
    "contradiction": ("contradicts it", "it contradicts"),
    "contains": ("contains it", "it contains"),
    "partly": ("copies a part of it", "it copies a part of"),
}


def story_cells(story: StoryRow) -> tuple[str, ...]:
    """Return the cells of a row of the table, in the order of `COLUMNS`."""
    return (
        story.story_id[:SHORT_ID],
        str(story.date or ""),
        one_line(story.outlet or ""),
        f"{story.reports:,}",
        copies(story),
        linked(story),
        f"{story.events:,}",
        one_line(story.title or ""),
    )


def copies(story: StoryRow) -> str:
    """Return how many copies there are of each kind."""
    kinds = (
        (story.exact, "exact"),
        (story.near, "near"),
        (story.rewritten, "rewritten"),
    )
    return ", ".join(f"{count:,} {name}" for count, name in kinds if count)


def linked(story: StoryRow) -> str:
    """Return how many reports of other stories depend on it, and what it follows."""
    kinds = (
        (story.updates, "update", "updates"),
        (story.contradictions, "contradiction", "contradictions"),
        (story.contained, "container", "containers"),
        (story.partly, "part copy", "part copies"),
    )
    parts = [counted(count, one, many) for count, one, many in kinds if count]
    if story.follows:
        parts.append(f"follows {counted(story.follows, 'other')}")
    return ", ".join(parts)


def count_line(found: Stories) -> str:
    """Return how many stories and reports fit, in a sum."""
    return (
        f"{counted(found.reports, 'report')} = "
        f"{counted(found.count, 'story', 'stories')} + "
        f"{counted(found.reports - found.count, 'copy', 'copies')}"
    )


def story_lines(view: StoryView, *, width: int = WIDTH) -> Iterator[Line]:
    """Yield the lines of one story."""
    story = view.story
    yield from wrap([Piece(story.title or "no title", "head")], width=width)
    made = copies(story)
    counts = [
        counted(story.reports, "report"),
        f"1 original and {made}" if made else "no copies",
        counted(story.events, "event"),
        counted(story.statements, "statement"),
    ]
    yield (Piece(f"{story.story_id} · " + " · ".join(counts)),)
    for link in view.links:
        yield from _link(link, width)
    for report in view.reports:
        yield ()
        yield from _report(report, view.reports, width)
    more = story.reports - len(view.reports)
    if more:
        yield ()
        yield (Piece(f"and {more:,} more copies; --limit shows them", "quiet"),)
    if any(report.departures for report in view.reports):
        yield ()
        note = (
            f"{OPEN}…{CLOSE} are words that depart, in brackets what the original has;"
            f" {OPEN}+ …{CLOSE} are added, [- …] are left out."
        )
        yield from wrap([Piece(note, "quiet")], width=width)


def _link(link: StoryLink, width: int) -> Iterator[Line]:
    verb = KINDS[link.kind][0 if link.direction == "to" else 1]
    named = f"{_published(link)}: {link.title or link.source_id}"
    shown = f"{named} {verb}" if link.direction == "to" else f"{verb} {named}"
    yield from wrap([Piece(f"linked: {shown}", "quiet")], width=width, rest=INDENT)


def _report(
    report: StoryReport, others: Sequence[StoryReport], width: int
) -> Iterator[Line]:
    head = [Piece(report.relation, "strong"), Piece(f" · {_published(report)}")]
    if report.relation != "original":
        head.append(Piece(f" · {report.similarity:.0%} alike"))
    if report.departures:
        head.append(Piece(f" · {counted(report.departures, 'departure')}"))
    yield from wrap(head, width=width, rest=INDENT)
    if report.title:
        first = f"{INDENT}“{report.title}”"
        yield from wrap([Piece(first.strip())], width=width, first=INDENT, rest=INDENT)
    where = report.url or report.source_id
    yield from wrap([Piece(where, "quiet")], width=width, first=INDENT, rest=INDENT)
    for altered in report.altered[:SENTENCES]:
        yield from wrap(
            departures(altered), width=width, first=f"{INDENT}- ", rest=f"{INDENT}  "
        )
    more = len(report.altered) - SENTENCES
    if more > 0:
        line = f"{INDENT}and {counted(more, 'sentence')} more that depart"
        yield (Piece(line, "quiet"),)


def departures(altered: Altered) -> tuple[Piece, ...]:
    """Return a sentence of a copy with the words that depart marked.

    Behind them stand in brackets those of the original.
    """
    copy = altered.copy
    out: list[Piece] = []
    at = copy.start
    for drift in altered.drift:
        if drift.copy is None or drift.copy.start < at:
            continue
        out.append(Piece(_cut(copy, at, drift.copy.start)))
        out += _marked(drift)
        at = drift.copy.end
    out.append(Piece(_cut(copy, at, copy.end)))
    for drift in altered.drift:
        if drift.copy is None and drift.original is not None:
            out.append(Piece(f" [- {drift.original.text}]", "gone"))
    return tuple(out)


def _marked(drift: Departure) -> Iterator[Piece]:
    assert drift.copy is not None  # what is left out stands at the end
    if drift.original is None:
        yield Piece(f"{OPEN}+ {drift.copy.text}{CLOSE}", "added")
        return
    yield Piece(f"{OPEN}{drift.copy.text}{CLOSE}", "added")
    yield Piece(f" [{drift.original.text}]", "gone")
    if drift.changes:
        yield Piece(f" ({', '.join(drift.changes)} changed)", "condition")


def _cut(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]


def _published(report: StoryReport | StoryLink) -> str:
    outlet = report.outlet or "outlet not known"
    return f"{outlet}, {report.date or 'date not known'}"

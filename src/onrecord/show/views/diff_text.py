"""What differs between two runs as text, as JSON lines, and as rows of a sheet."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.show.views import diff_words as words
from onrecord.show.views.cite_text import Line, Piece, published, quoted, wrap
from onrecord.show.views.diff_shape import (
    CellChange,
    Counts,
    Difference,
    Kind,
    ReportDifference,
    State,
    Summary,
)
from onrecord.show.visible import one_line

SHORT_ID = 12
SCHEMA_VERSION = 1
STYLES = {Kind.ADDED: "added", Kind.REMOVED: "gone", Kind.CHANGED: "strong"}
NAMES = ("unchanged", "changed", "added", "removed")
COLUMNS = (
    "kind",
    "of",
    "doc_id",
    "source_id",
    "outlet",
    "date",
    "was_id",
    "now_id",
    "was_type",
    "now_type",
    "cell",
    "what",
    "was",
    "was_words",
    "was_rule",
    "now",
    "now_words",
    "now_rule",
    "differs",
    "sentence",
)


def summary_lines(summary: Summary) -> Iterator[Line]:
    """Yield the lines of the summary."""
    yield (Piece(words.title(summary), "head"),)
    yield from (_line(f"  {line}") for line in words.versions(summary))
    yield _line(f"  {words.reports(summary)}")
    yield ()
    yield _line(f"{'':14}" + "".join(f"{name:>11}" for name in NAMES))
    for name, counts in words.count_rows(summary):
        yield _line(f"{name:14}" + "".join(_cell(counts, one) for one in NAMES))
    if summary.events.other_confidence:
        sure = f"{summary.events.other_confidence:,}"
        yield _line(
            f"Of the events that are alike, {sure} are more or less sure, or read by"
            " another coder's rules."
            if words.of_coders(summary)
            else f"Of the events that are alike, {sure} are more or less sure."
        )
    yield from _became(summary)
    yield from _cells(summary)
    yield from _rules(summary)


def difference_lines(one: Difference, *, width: int) -> Iterator[Line]:
    """Yield the lines of one difference: its sentence, and each cell that differs."""
    event_id = (one.now_id or one.was_id or "")[:SHORT_ID]
    yield (
        Piece(f"{words.SIGNS[one.kind]} {words.kind(one)}", STYLES[one.kind]),
        Piece(f"  {published(one.cite)}  {event_id}  {words.because(one)}", "quiet"),
    )
    yield from wrap(quoted(one.cite), width=width, first="  ", rest="  ")
    for told in words.cells(one):
        piece = Piece(one_line(told))
        yield from wrap((piece,), width=width, first="    ", rest="      ")


def report_lines(found: Iterable[ReportDifference], summary: Summary) -> Iterator[Line]:
    """Yield a line for each report that was coded in one run only."""
    for one in found:
        head = f"{one.outlet or 'outlet not known'}, {one.date or 'date not known'}"
        told = words.only(one, summary.a, summary.b)
        yield _line(one_line(f"{head} ({one.source_id}): {told}"))


def summary_record(summary: Summary) -> dict[str, Any]:
    """Return the first JSON line."""
    plain = msgspec.to_builtins(summary)
    return {"record": "diff", "schema_version": SCHEMA_VERSION, **plain}


def report_record(one: ReportDifference) -> dict[str, Any]:
    """Return the JSON line of a report that was coded in one run only."""
    return {"record": "diff_report", **msgspec.to_builtins(one)}


def difference_record(one: Difference) -> dict[str, Any]:
    """Return the JSON line of a difference."""
    return {"record": "difference", **msgspec.to_builtins(one)}


def difference_rows(one: Difference) -> Iterator[tuple[object, ...]]:
    """Yield rows of a sheet, one for each cell that differs."""
    cite = one.cite
    head = (
        one.kind.value,
        one.of.value,
        cite.doc_id,
        cite.source_id,
        cite.outlet,
        cite.date.isoformat() if cite.date else None,
        one.was_id,
        one.now_id,
        one.was_type,
        one.now_type,
    )
    differs = "; ".join(one.differs)
    for cell in one.cells:
        yield (*head, *_sides(cell), differs, cite.sentence.text)


def _sides(cell: CellChange) -> tuple[object, ...]:
    return (cell.cell, cell.what.value, *_state(cell.was), *_state(cell.now))


def _state(found: State | None) -> tuple[object, ...]:
    if found is None:
        return None, None, None
    return found.value, "; ".join(one.text for one in found.words), found.rule


def _line(text: str) -> Line:
    return (Piece(text),)


def _cell(counts: Counts, name: str) -> str:
    count = getattr(counts, name)
    return f"{count:>11,}" if count else f"{'·':>11}"


def _became(summary: Summary) -> Iterator[Line]:
    if summary.became:
        parts = [f"{b.was} → {b.now} {b.count:,}" for b in summary.became]
        yield ()
        yield (Piece("Types that became others", "strong"),)
        yield from (_line(f"  {part}") for part in parts)


def _cells(summary: Summary) -> Iterator[Line]:
    if not summary.cells:
        return
    yield ()
    yield (Piece("Cells of what changed", "strong"),)
    yield _line(f"{'':24}{'value':>8}{'words':>8}{'rule':>8}")
    for one in summary.cells:
        counts = (one.value, one.words, one.rule)
        shown = "".join(f"{count:>8,}" if count else f"{'·':>8}" for count in counts)
        yield _line(f"  {f'{one.of} {one.cell}':22}{shown}")


def _rules(summary: Summary) -> Iterator[Line]:
    if not summary.rules:
        return
    yield ()
    yield (Piece("Rules that read more or less than before", "strong"),)
    yield from (_line(f"  {one_line(line)}") for line in words.rule_lines(summary))

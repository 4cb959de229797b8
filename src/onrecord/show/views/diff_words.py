"""The words in which differences are told, whatever they are written to."""

from collections.abc import Iterator

from onrecord.show.views.cite_text import counted
from onrecord.show.views.diff_shape import (
    CellChange,
    Counts,
    Difference,
    Kind,
    Of,
    ReportDifference,
    Side,
    State,
    Summary,
    What,
    Why,
)

SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "−", Kind.CHANGED: "~"}
WHYS = {
    Why.NOT_READ: "which does not hold it",
    Why.COPY: "where it is a copy",
    Why.FAILED: "which could not code it",
    Why.NOT_CODED: "which had not coded it yet",
}
WHATS = {What.VALUE: "", What.WORDS: " (other words)", What.RULE: " (other rule)"}
RULES = 20  # shown of the rules that read more or less than before
OF_STATEMENTS = frozenset({"act", "form", "speaker", "addressee", "content", "venue"})
SAME = "the same program, lexicon and model"


def title(summary: Summary) -> str:
    """Return what is compared."""
    return f"Run {summary.a.name} and run {summary.b.name}"


def of_coders(summary: Summary) -> bool:
    """Tell whether the runs are of two coders; a run of one has `NAME:` in front."""
    coders = [":" in side.name and side.name for side in (summary.a, summary.b)]
    names = [name.partition(":")[0] if name else "" for name in coders]
    return names[0] != names[1]


def versions(summary: Summary) -> Iterator[str]:
    """Yield a line for each of what a run codes with, then and now."""
    pairs = (
        ("program", summary.a.program, summary.b.program),
        ("schema", str(summary.a.schema_version), str(summary.b.schema_version)),
        ("lexicon", summary.a.lexicon, summary.b.lexicon),
        ("model", summary.a.model, summary.b.model),
    )
    for name, was, now in pairs:
        yield f"{name} {was} → {now}" if was != now else f"{name} {was}, the same"


def reports(summary: Summary) -> str:
    """Return how many reports are compared, and which are not."""
    found = summary.reports
    parts = [f"{counted(found.compared, 'report')} coded by both and compared"]
    if found.same_coding:
        parts.append(f"{found.same_coding:,} that one run coded for both")
    for side, count in ((summary.a, found.only_a), (summary.b, found.only_b)):
        if count:
            parts.append(f"{count:,} coded only in run {side.name}")
    return "; ".join(parts)


def count_rows(summary: Summary) -> Iterator[tuple[str, Counts]]:
    """Yield the counts of each type, of all events, and of all statements."""
    for one in summary.types:
        yield one.event_type, one.counts
    yield "all events", summary.events
    yield "statements", summary.statements


def rule_lines(summary: Summary) -> Iterator[str]:
    """Yield a line for each of the rules that read most more or less than before."""
    for one in summary.rules[:RULES]:
        noun = "statement" if one.cell in OF_STATEMENTS else "event"
        parts = [
            f"{kind}: {counted(count, noun)}"
            for kind, count in (("new", one.gained), ("gone", one.lost))
            if count
        ]
        yield f"{one.rule} ({one.cell}) {', '.join(parts)}"
    if len(summary.rules) > RULES:
        yield f"and {len(summary.rules) - RULES:,} other rules"


def because(one: Difference) -> str:
    """Return what differs between the runs that coded the report."""
    return f"other {', '.join(one.differs)}" if one.differs else SAME


def kind(one: Difference) -> str:
    """Return the type or act, was and is."""
    name = "statement: " if one.of is Of.STATEMENT else ""
    if one.was_type and one.now_type and one.was_type != one.now_type:
        return f"{name}{one.was_type} → {one.now_type}"
    return f"{name}{one.now_type or one.was_type}"


def cells(one: Difference) -> Iterator[str]:
    """Yield a line for each cell that differs; of a whole event one for all."""
    if one.kind is Kind.CHANGED:
        yield from (f"{cell.cell}: {change(cell)}" for cell in one.cells)
        return
    states = [(cell.cell, cell.now or cell.was) for cell in one.cells]
    yield " · ".join(f"{name} {found.value}" for name, found in states if found)
    yield f"read by {one.now_rule or one.was_rule}"


def change(cell: CellChange) -> str:
    """Return a cell as it was and as it is."""
    if cell.was is None or cell.now is None:
        told = cell.now or cell.was
        sign = "+" if cell.was is None else "−"
        return f"{sign} {state(told)}" if told else sign
    return f"{state(cell.was)} → {state(cell.now)}{WHATS[cell.what]}"


def state(found: State) -> str:
    """Return a value with its words and what read them."""
    words = ", ".join(f"“{one.text}”" for one in found.words)
    if [one.text for one in found.words] == [found.value]:
        return f"{words} [{found.rule}]" if found.rule else words
    parts = [found.value, words, f"[{found.rule}]" if found.rule else ""]
    return " ".join(part for part in parts if part)


def only(one: ReportDifference, a: Side, b: Side) -> str:
    """Return in which run a report was coded, and why not in the other."""
    here, there = (a, b) if one.coded_in == "a" else (b, a)
    return (
        f"coded in run {here.name}, not in run {there.name}, {WHYS[one.why]}:"
        f" {counted(one.events, 'event')}, {counted(one.statements, 'statement')}"
    )

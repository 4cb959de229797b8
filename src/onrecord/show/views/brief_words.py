"""What a brief says in words, the same as text, Markdown and HTML."""

from collections.abc import Iterator, Mapping

from onrecord.show.views.brief_shape import (
    AHEAD,
    CAME_TRUE,
    DEMANDS,
    DENIALS,
    HAPPENED,
    NOT_SO,
    PAST,
    THREATS,
    Brief,
    ChangedNumber,
    Item,
    Part,
)
from onrecord.show.views.cite_text import counted, joined
from onrecord.show.visible import one_line

TITLES: Mapping[str, str] = {
    HAPPENED: "Happened",
    CAME_TRUE: "Happened, and told before as ahead",
    DEMANDS: "Demands",
    THREATS: "Threats and warnings",
    DENIALS: "Denials",
    AHEAD: "Ahead: planned, feared, conditional or asked for; not a fact",
    NOT_SO: "Did not happen, as the report itself says",
    PAST: "Told of earlier times, as background",
}
NUMBERS = "Numbers that changed"
FACTUALITIES: Mapping[str, str] = {
    "happened": "happened",
    "planned": "planned",
    "hypothetical": "feared, possible or asked for",
    "negated": "did not happen",
    "denied": "denied",
}


def title(brief: Brief) -> str:
    """Return the headline."""
    if brief.until is None or brief.until == brief.since:
        return f"New on {brief.since}"
    if brief.until < brief.since:
        return f"New since {brief.since}"
    return f"New from {brief.since} to {brief.until}"


def is_empty(brief: Brief) -> bool:
    """Tell whether nothing is new."""
    return not (brief.happenings or brief.statements or brief.numbers_count)


def reports_line(brief: Brief) -> str:
    """Return how many reports there are, in a sum."""
    reports = brief.reports
    line = (
        f"{counted(reports.reports, 'report')} = "
        f"{counted(reports.stories, 'story', 'stories')} + "
        f"{counted(reports.copies, 'copy', 'copies')}"
    )
    if reports.undated:
        line += f"; {counted(reports.undated, 'report')} of no known date left out"
    return line


def nothing_line(brief: Brief) -> str:
    """Return that nothing is new, and how far the record goes."""
    if brief.until is None:
        return "Nothing new: no report of the record has a date."
    if brief.until < brief.since:
        return f"Nothing new: the last report of the record is of {brief.until}."
    return "Nothing new."


def totals(brief: Brief) -> Iterator[tuple[int, int, str]]:
    """Yield (happenings, statements, of what): all, then each part of them."""
    yield brief.happenings, brief.statements, "new in all"
    for part in brief.parts:
        yield part.happenings, part.statements, TITLES[part.part]


def left_out(part: Part) -> str | None:
    """Return how many items of a part are not shown."""
    more = part.count - len(part.items)
    return f"and {more:,} more" if more else None


def numbers_left_out(brief: Brief) -> str | None:
    """Return how many numbers that changed are not shown."""
    more = brief.numbers_count - len(brief.numbers)
    return f"and {more:,} more" if more else None


def kind(item: Item) -> str:
    """Return the type and mode of an event, or the act of a statement."""
    if item.act:
        return f"{item.act} (a statement)"
    return one_line("/".join(name for name in (item.event_type, item.mode) if name))


def dyad(item: Item) -> str:
    """Return who acts toward whom."""
    actors = joined(item.actors) or "nobody named"
    recipients = joined(item.recipients)
    return f"{actors} → {recipients}" if recipients else actors


def standing(item: Item) -> str | None:
    """Return how it stands where its part does not tell."""
    if item.part != AHEAD or item.factuality is None:
        return None
    return FACTUALITIES[item.factuality]


def when(item: Item) -> str | None:
    """Return the time that is said in the text."""
    if item.when_basis != "text" or item.when_from is None:
        return None
    if item.when_from == item.when_to:
        return f"on {item.when_from}"
    return f"from {item.when_from} to {item.when_to}"


def weight_of_sources(item: Item) -> str:
    """Return how many independent origins and reports tell of it."""
    return (
        f"{counted(item.origins, 'origin')}, {counted(item.reports, 'report')}"
        if item.origins > 1 or item.reports > 1
        else "1 report"
    )


def number_head(number: ChangedNumber) -> str:
    """Return what is counted, of whom, in which kind of event."""
    whose = f" · {number.party}" if number.party else ""
    status = FACTUALITIES.get(number.status.value, number.status.value)
    status = status.replace("not_so", "not so")
    return one_line(f"{number.of}{whose} · {number.event_type}, {status}")


def number_basis(number: ChangedNumber) -> str:
    """Return in which sense the two numbers are of one thing."""
    if number.same_happening:
        return "both of one happening"
    return "of one party in one type of event; perhaps not of one happening"

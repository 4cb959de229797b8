"""Numbers over time as text, and as rows of a sheet."""

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.show.glance import number
from onrecord.show.views.numbers_shape import NumberLine, NumberPoint, Numbers, Range
from onrecord.show.visible import one_line

SHORT_ID = 12
STATUS = {"happened": "", "ahead": ", ahead", "not_so": ", denied or not so"}
COLUMNS = (
    "of",
    "about",
    "slot",
    "status",
    "event_type",
    "value",
    "low",
    "high",
    "modifier",
    "said_of",
    "factuality",
    "toward",
    "places",
    "since",
    "until",
    "by",
    "outlet",
    "reports",
    "event_id",
    "doc_id",
    "source_id",
    "sentence",
)


def numbers_lines(found: Numbers) -> Iterator[str]:
    """Yield the lines of the text: each count with its values in order of time."""
    if not found.lines:
        yield "no numbers found"
    for line in found.lines:
        yield from _line(line)
    if found.more:
        yield f"{found.more:,} more lines; see them with --limit"
    if found.unnamed:
        yield f"{found.unnamed:,} numbers say not what they count, or only measure"


def numbers_records(found: Numbers) -> Iterator[dict[str, Any]]:
    """Yield JSON lines, one for each line of numbers."""
    for line in found.lines:
        yield {"record": "number_line", **msgspec.to_builtins(line)}


def numbers_rows(found: Numbers) -> Iterator[tuple[object, ...]]:
    """Yield rows of a sheet, one for each value of each voice."""
    for line in found.lines:
        for point in line.points:
            head = (line.of, line.about, line.slot, line.status, line.event_type)
            yield (*head, *_cells(point))


def _line(line: NumberLine) -> Iterator[str]:
    about = f" · {line.about}" if line.about else ""
    status = ", in no event" if line.status is None else STATUS[line.status]
    deed = f" ({line.event_type})" if line.event_type else ""
    yield one_line(f"{(line.of or '').upper()}{deed}{about}{status}")
    for point in line.points:
        yield from _point(point)
    if line.current and len(line.points) > 1:
        differ = "; they differ" if line.differing else ""
        yield f"  now {_range(line.current)}{differ}"
    yield ""


def _point(point: NumberPoint) -> Iterator[str]:
    cite = point.cite
    days = " to ".join(dict.fromkeys(str(d) for d in (point.since, point.until) if d))
    voice = ", ".join(cite.by) or cite.outlet or cite.source_id
    parts = [voice]
    if point.factuality in ("planned", "hypothetical", "denied", "negated"):
        parts.append(point.factuality)
    if point.reports > 1:
        parts.append(f"{point.reports:,} reports")
    said = _said(point)
    yield f"  {days or 'no day':10}  {said:>14}  {one_line(' · '.join(parts))}"
    told = cite.event_id or cite.doc_id
    outlet = cite.outlet or cite.source_id
    yield f"{'':14}{one_line(f'“{cite.sentence.text}” ({outlet}) {told[:SHORT_ID]}')}"


def _said(point: NumberPoint) -> str:
    value = number(point.value)
    match point.modifier:
        case "at_least":
            return f"{value} or more"
        case "at_most":
            return f"up to {value}"
        case "about":
            return f"about {value}"
        case _:
            return value


def _range(current: Range) -> str:
    if current.low == current.high and not current.open_low:
        span = number(current.low)
    elif current.open_low:
        span = f"up to {number(current.high)}"
    else:
        span = f"{number(current.low)} to {number(current.high)}"
    more = " or more" if current.open_high else ""
    voices = "voice" if current.voices == 1 else "voices"
    days = " to ".join(
        dict.fromkeys(str(d) for d in (current.since, current.until) if d)
    )
    return f"{span}{more}, by {current.voices:,} {voices} of {days or 'no day'}"


def _cells(point: NumberPoint) -> tuple[object, ...]:
    cite = point.cite
    return (
        point.value,
        point.low,
        point.high,
        point.modifier,
        point.of,
        point.factuality,
        "; ".join(point.toward),
        "; ".join(point.places),
        point.since.isoformat() if point.since else None,
        point.until.isoformat() if point.until else None,
        "; ".join(cite.by),
        cite.outlet,
        point.reports,
        cite.event_id,
        cite.doc_id,
        cite.source_id,
        cite.sentence.text,
    )

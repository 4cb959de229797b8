"""A time series as text with a bar a step, and as rows of a sheet."""

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.show.views.cite import Cite
from onrecord.show.views.series_shape import Change, Clock, Counts, Point, Series
from onrecord.show.visible import one_line

BAR = 30  # characters of the longest
EIGHTHS = " ▏▎▍▌▋▊▉"
FULL = "█"
SHORT_ID = 12
COLUMNS = ("start", "end", "event_type", "quad", "factuality", "count", "score")
FACTUALITIES = Counts.__struct_fields__


def series_lines(series: Series) -> Iterator[str]:
    """Yield the lines of the text: steps with bars, changes, what is in no step."""
    clock = "their own day" if series.clock is Clock.EVENT else "the day of the report"
    yield f"{str(series.what).capitalize()} by {series.step}, at {clock}."
    yield "Bars and scores are of what happened; the other columns are not added to it."
    yield ""
    yield from _table(series.points)
    yield ""
    yield from _changes(series)
    yield from _apart(series)


def series_records(series: Series) -> Iterator[dict[str, Any]]:
    """Yield JSON lines: one for each point, for each change, and for what is apart."""
    said = {"what": series.what, "step": series.step, "clock": series.clock}
    for point in series.points:
        yield {"record": "point", **said, **msgspec.to_builtins(point)}
    for change in series.changes:
        yield {"record": "change", **said, **msgspec.to_builtins(change)}
    for name in ("unknown", "wider", "outside"):
        counts = msgspec.to_builtins(getattr(series, name))
        yield {"record": "apart", **said, "why": name, "counts": counts}


def series_rows(series: Series) -> Iterator[tuple[object, ...]]:
    """Yield rows of a sheet, one for each step, type and factuality that occurs.

    A step without any has one row, whose count of what happened is 0.
    """
    for point in series.points:
        start, end = point.start.isoformat(), point.end.isoformat()
        if not point.types:
            yield (start, end, None, None, "happened", 0, 0.0)
        for counted in point.types:
            for name in FACTUALITIES:
                if count := getattr(counted.counts, name):
                    score = counted.score if name == "happened" else None
                    cells = (counted.event_type, counted.quad, name, count, score)
                    yield (start, end, *cells)


def _table(points: tuple[Point, ...]) -> Iterator[str]:
    most = max((p.counts.happened for p in points), default=0)
    yield (
        f"{'':10}  {'':{BAR}} {'happened':>8} {'score':>7}  {'planned':>8}"
        f" {'hypothetical':>12} {'negated':>8} {'denied':>7}"
    )
    for point in points:
        counts = point.counts
        bar = _bar(counts.happened, most)
        yield (
            f"{point.start}  {bar:{BAR}} {counts.happened:8,} {point.score:+7.1f} "
            f" {_some(counts.planned):>8} {_some(counts.hypothetical):>12}"
            f" {_some(counts.negated):>8} {_some(counts.denied):>7}"
        )


def _some(count: int) -> str:
    return f"{count:,}" if count else "·"


def _bar(count: int, most: int) -> str:
    if not most:
        return ""
    eighths = round(8 * BAR * count / most) or (1 if count else 0)
    rest = EIGHTHS[eighths % 8].strip()
    return FULL * (eighths // 8) + rest


def _changes(series: Series) -> Iterator[str]:
    if not series.changes:
        yield "The rate of what happened does not clearly change.\n"
        return
    for change in series.changes:
        yield from _change(change, str(series.step))


def _change(change: Change, step: str) -> Iterator[str]:
    way = "rises" if change.after > change.before else "falls"
    yield (
        f"{change.at}: {way} from {change.before:g} to {change.after:g} a {step}"
        + (f", most of all {', '.join(change.types)}" if change.types else "")
        + f"; {change.events:,} in that {step}"
    )
    for cite in change.likeliest:
        yield f"  {_sentence(cite)}"
    yield ""


def _sentence(cite: Cite) -> str:
    outlet = cite.outlet or cite.source_id
    dated = f", {cite.date}" if cite.date else ""
    event_id = (cite.event_id or "")[:SHORT_ID]
    return one_line(f"“{cite.sentence.text}” ({outlet}{dated}) {event_id}")


def _apart(series: Series) -> Iterator[str]:
    whys = {
        "unknown": "Not in it, as no day is known",
        "wider": f"Not in it, as their time is longer than a {series.step}",
        "outside": "Not in it, as they lie before the first or after the last step",
    }
    for name, why in whys.items():
        counts = getattr(series, name)
        parts = [f"{getattr(counts, f):,} {f}" for f in FACTUALITIES if _has(counts, f)]
        if parts:
            yield f"{why}: {', '.join(parts)}."


def _has(counts: Counts, name: str) -> bool:
    return bool(getattr(counts, name))

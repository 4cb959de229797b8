"""Read lines of JSON: those of `extract`, `relate` and `copies`, and sets of one layer.

One reader serves gold and what was given. Lines of one report meet by `source_id`, or
`doc_id` where that is missing. Where reviewers gave verdicts, gold was asked at the
triggers of those lines only. A set holds one report a line: `{"id", "text",
"timexes" or "toponyms": [...]}`, `{"id", "actor", "recipient", "gold_root", "quad"}`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from onrecord.model.annotation import Precision
from onrecord.model.correction import Verdict
from onrecord.model.event import WhenBasis
from onrecord.model.span import Span
from onrecord.score.line_shapes import (
    CopyLine,
    EventLine,
    MarkedLine,
    PairLine,
    PartyLine,
    StatementLine,
    WhenLine,
    Words,
)
from onrecord.score.problems import Problems
from onrecord.score.shapes import Act, Copied, Marked, Point, Related, Report, Said, Who
from onrecord.score.words import make_place, make_who, plain

Row = Mapping[str, Any]
Keys = tuple[str, ...]


RECORDS = {
    "event": ("events", EventLine),
    "statement": ("statements", StatementLine),
    "time": ("times", MarkedLine),
    "place": ("places", MarkedLine),
    "quantity": ("quantities", MarkedLine),
    "sentence": ("sentences", MarkedLine),
}
SETS = {"timexes": "times", "toponyms": "places"}
UNSCORED = frozenset(("entity", "syntax", "report", "run", "rejected"))
LAST_STEP = "/"  # between the steps of a page's address


def read_lines(
    rows: Iterable[tuple[str, Row]], texts: Mapping[str, str], problems: Problems
) -> tuple[Report, ...]:
    """Return the reports of lines, each line with its place in its file."""
    found: dict[Keys, dict[str, Any]] = defaultdict(lambda: defaultdict(list))
    layers: set[str] = set()
    for place, row in rows:
        here = problems.at(place)
        keys = keys_of(row)
        if not keys:
            here.say("has none of source_id, doc_id, id")
            continue
        _read_row(row, found[keys], layers, here)
    return tuple(
        _report(keys, parts, layers, texts, problems) for keys, parts in found.items()
    )


def keys_of(row: Row) -> Keys:
    """Return the ids of a line's report, the one it came with first."""
    keys = (row.get(name) for name in ("source_id", "doc_id", "id"))
    return tuple(dict.fromkeys(str(k) for k in keys if isinstance(k, str | int)))


def _read_row(
    row: Row, parts: dict[str, Any], layers: set[str], problems: Problems
) -> None:
    record = row.get("record")
    text = row.get("text") if record is None else None
    if isinstance(text, str) and parts.setdefault("text", text) != text:
        problems.say("has another text than an earlier line of this report")
        return
    sets = [name for name in SETS if isinstance(row.get(name), list)]
    if record in RECORDS:
        layer, kind = RECORDS[record]
        layers.add(layer)
        _take(row, kind, parts[layer], problems)
    elif record in UNSCORED:
        parts["seen"] = True
    elif record is not None:
        problems.say(f"holds a record of a kind unknown here: {record!r}")
    elif sets:
        for name in sets:
            layers.add(SETS[name])
            for number, item in enumerate(row[name]):
                here = problems.at(f"{name}[{number}]")
                _take(item, MarkedLine, parts[SETS[name]], here)
    elif "gold_root" in row or "event_type" in row or "quad" in row:
        _take(row, PairLine, parts["relation"], problems)
    elif "story_id" in row:
        _take(row, CopyLine, parts["copy"], problems)
    else:
        problems.say("is neither gold nor a line of extract, relate or copies")


def _take(item: Any, kind: type[Any], into: list[Any], problems: Problems) -> None:
    """Convert an item and keep it with its place; note what is wrong with it."""
    try:
        into.append((problems, msgspec.convert(item, kind)))
    except msgspec.ValidationError as err:
        problems.say(str(err))


def _report(
    keys: Keys,
    parts: Mapping[str, Any],
    layers: set[str],
    texts: Mapping[str, str],
    problems: Problems,
) -> Report:
    text = parts.get("text") or next((texts[k] for k in keys if k in texts), None)
    _check_words(parts, text)
    relation, copy = parts.get("relation"), parts.get("copy")
    reviewed = [e for _, e in parts.get("events", ()) if e.verdict is not None]
    return Report(
        keys=keys,
        text=text,
        events=_events(parts) if "events" in layers else None,
        judged=tuple(e.trigger.span for e in reviewed) if reviewed else None,
        statements=_all(parts, "statements", _said) if "statements" in layers else None,
        marked={
            layer: _all(parts, layer, _marked)
            for layer in ("times", "places", "quantities", "sentences")
            if layer in layers
        },
        relation=_relation(relation[-1][1]) if relation else None,
        copy=Copied(story=copy[-1][1].story_id, relation=copy[-1][1].relation)
        if copy
        else None,
    )


def _events(parts: Mapping[str, Any]) -> tuple[Act, ...]:
    return tuple(
        _act(line)
        for _, line in parts.get("events", ())
        if line.verdict is not Verdict.REJECT
    )


def _all(
    parts: Mapping[str, Any], layer: str, make: Callable[[Any], Any]
) -> tuple[Any, ...]:
    return tuple(make(item) for _, item in parts.get(layer, ()))


def _check_words(parts: Mapping[str, Any], text: str | None) -> None:
    """Note words that do not stand where a line says, in its text or its sentence."""
    for layer, key in (("events", "trigger"), ("statements", "cue")):
        for problems, line in parts.get(layer, ()):
            words = getattr(line, key)
            around = _around(line.sentence, text)
            if around is None or words.text is None:
                continue
            start, known = around
            at = words.start - start
            there = known[at : words.end - start] if at >= 0 else ""
            if there != words.text:
                problems.say(f"{key} {words.text!r} does not stand there: {there!r}")
    if text is None:
        return
    for layer in ("times", "places", "quantities", "sentences"):
        for problems, line in parts.get(layer, ()):
            there = text[line.start : line.end]
            if line.text is not None and there != line.text:
                problems.say(f"{line.text!r} does not stand there: {there!r}")


def _around(sentence: Words | None, text: str | None) -> tuple[int, str] | None:
    if text is not None:
        return 0, text
    if sentence is None or sentence.text is None:
        return None
    return sentence.start, sentence.text


def _act(line: EventLine) -> Act:
    when = line.when
    return Act(
        trigger=line.trigger.span,
        sentence=line.sentence.span if line.sentence else None,
        event_type=line.event_type.value,
        factuality=line.factuality.value if line.factuality else None,
        actors=_parties(line.actors),
        recipients=_parties(line.recipients),
        sources=_parties(line.attribution),
        when=None if isinstance(when, msgspec.UnsetType) else _days(when),
        is_told=isinstance(when, WhenLine) and when.basis is WhenBasis.TEXT,
        where=None
        if line.where is None
        else tuple(make_place(p.name, p.text) for p in line.where),
        numbers=None
        if line.quantities is None
        else tuple(q.value for q in line.quantities if q.value is not None),
        unsure=line.unsure,
    )


def _parties(parties: tuple[PartyLine, ...] | None) -> tuple[Who, ...] | None:
    if parties is None:
        return None
    return tuple(make_who(p.country, p.name, p.text) for p in parties)


def _days(when: WhenLine | None) -> tuple[tuple[str, str], ...]:
    if when is None or not when.start or not when.end:
        return ()
    return ((str(when.start)[:10], str(when.end)[:10]),)


def _said(line: StatementLine) -> Said:
    speaker = line.speaker
    return Said(
        cue=line.cue.span,
        speaker=_span_of(speaker.start, speaker.end) if speaker else None,
        act=line.act.value if line.act else None,
        form=line.form.value if line.form else None,
        content=None if line.content is None else tuple(w.span for w in line.content),
        unsure=line.unsure,
    )


def _span_of(start: int | None, end: int | None) -> Span | None:
    return Span(start, end) if start is not None and end is not None else None


def _marked(line: MarkedLine) -> Marked:
    page = line.page.rsplit(LAST_STEP, 1)[-1].replace("_", " ") if line.page else None
    names = (line.name, line.text, page, line.country)
    return Marked(
        span=line.span,
        value=line.value,
        point=_point_of(line.lat, line.lon),
        names=tuple(dict.fromkeys(plain(name) for name in names if name)),
        is_country=line.precision == Precision.COUNTRY.value,
    )


def _point_of(lat: float | None, lon: float | None) -> Point | None:
    return Point(lat, lon) if lat is not None and lon is not None else None


def _relation(line: PairLine) -> Related:
    return Related(
        event_type=line.gold_root or line.event_type,
        quad=line.quad,
        is_set=line.event_type is None,
    )

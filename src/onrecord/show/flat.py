"""One flat row a record, for sheets: lists are joined by `;`, in step with each other.

Every second and later column of a list (`actor_countries`) keeps the places of the
first (`actors`): an actor without a country leaves its place empty.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
Getter = Callable[[Row], object]
Columns = tuple[tuple[str, Getter], ...]
WITHIN = "|"  # joins the sectors of one actor
BETWEEN = ";"


def flat_columns(record_kind: str) -> tuple[str, ...]:
    """Return the column names of one kind of record."""
    return tuple(name for name, _ in COLUMNS[record_kind])


def flat_row(record: Row) -> tuple[object, ...]:
    """Return the cells of a record, absent as None; its kind is `record["record"]`."""
    return tuple(get(record) for _, get in COLUMNS[record["record"]])


def flat_rows(record: Row) -> Iterable[tuple[object, ...]]:
    """Return a record's rows: one, but a row a word for syntax."""
    if record["record"] != "syntax":
        return (flat_row(record),)
    words: list[Row] = [
        {**token, "sentence": record["sentence"], "source_id": record["source_id"]}
        for token in record["tokens"]
    ]
    return (tuple(get(word) for _, get in COLUMNS["syntax"]) for word in words)


def _at(*path: str) -> Getter:
    """Return the value under nested keys; None as soon as one is absent."""

    def get(row: Row) -> object:
        value: Any = row
        for key in path:
            if value is None:
                return None
            value = value.get(key)
        return _joined(value) if isinstance(value, list | tuple) else value

    return get


def _each(field: str, *path: str) -> Getter:
    """Return one value of each item of the list `field`, joined in step."""

    def get(row: Row) -> object:
        return _joined(_at(*path)(item) for item in row[field] or ())

    return get


def _joined(values: Iterable[object]) -> str | None:
    """Return the values with `;` between; None when there are none."""
    cells = [_plain(value) for value in values]
    return BETWEEN.join(cells) if any(cells) else None


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return WITHIN.join(_plain(v) for v in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(BETWEEN, ",")


def _sectors(field: str) -> Getter:
    def get(row: Row) -> object:
        return _joined(WITHIN.join(item["sectors"]) for item in row[field] or ())

    return get


def _span(name: str, *path: str) -> Columns:
    return (
        (name, _at(*path, "text")),
        (f"{name}_start", _at(*path, "start")),
        (f"{name}_end", _at(*path, "end")),
    )


def _parties(name: str, field: str) -> Columns:
    return (
        (field, _each(field, "name")),
        (f"{name}_words", _each(field, "text")),
        (f"{name}_countries", _each(field, "country")),
        (f"{name}_sectors", _sectors(field)),
        (f"{name}_roles", _each(field, "role")),
    )


IDS: Columns = (("source_id", _at("source_id")), ("doc_id", _at("doc_id")))
OWN_SPAN: Columns = (
    ("text", _at("text")),
    ("start", _at("start")),
    ("end", _at("end")),
)
WHEN: Columns = (
    ("when_from", _at("when", "from")),
    ("when_to", _at("when", "to")),
    ("when_basis", _at("when", "basis")),
    ("when_granularity", _at("when", "granularity")),
)
COUNTED: Columns = tuple(
    (name, _at(name)) for name in ("value", "low", "high", "of", "modifier")
)

COLUMNS: Mapping[str, Columns] = {
    "event": (
        ("event_id", _at("event_id")),
        *IDS,
        ("story_id", _at("story_id")),
        ("telling_id", _at("telling_id")),
        *((n, _at(n)) for n in ("event_type", "mode", "contexts")),
        *((n, _at(n)) for n in ("quad", "score", "cameo")),
        *_parties("actor", "actors"),
        *_parties("recipient", "recipients"),
        ("factuality", _at("factuality")),
        ("historical", _at("historical")),
        ("condition", _at("condition", "text")),
        ("by", _each("attribution", "name")),
        ("by_words", _each("attribution", "text")),
        ("by_countries", _each("attribution", "country")),
        ("by_cues", _each("attribution", "cue", "text")),
        *WHEN,
        ("where", _each("where", "name")),
        ("where_countries", _each("where", "country")),
        ("where_precisions", _each("where", "precision")),
        ("lats", _each("where", "lat")),
        ("lons", _each("where", "lon")),
        ("geonameids", _each("where", "geonameid")),
        ("quantities", _each("quantities", "text")),
        ("quantity_values", _each("quantities", "value")),
        ("quantity_of", _each("quantities", "of")),
        *_span("trigger", "trigger"),
        *_span("sentence", "sentence"),
        ("confidence", _at("confidence")),
        ("rule", _at("rule")),
    ),
    "statement": (
        ("statement_id", _at("statement_id")),
        *IDS,
        ("speaker", _at("speaker", "name")),
        ("speaker_words", _at("speaker", "text")),
        ("speaker_country", _at("speaker", "country")),
        ("speaker_sectors", _at("speaker", "sectors")),
        ("anonymous", _at("speaker", "anonymous")),
        *_span("cue", "cue"),
        ("act", _at("act")),
        ("form", _at("form")),
        ("content", _each("content", "text")),
        ("content_starts", _each("content", "start")),
        ("content_ends", _each("content", "end")),
        ("addressee", _at("addressee", "name")),
        ("venue", _at("venue", "text")),
        *WHEN,
        ("events", _at("events")),
    ),
    "quantity": (*IDS, *OWN_SPAN, *COUNTED),
    "time": (
        *IDS,
        *OWN_SPAN,
        *((n, _at(n)) for n in ("type", "value", "from", "to", "granularity")),
    ),
    "place": (
        *IDS,
        *OWN_SPAN,
        *((n, _at(n)) for n in ("name", "country", "admin1", "lat", "lon")),
        *((n, _at(n)) for n in ("geonameid", "precision", "role")),
    ),
    "entity": (
        *IDS,
        *((n, _at(n)) for n in ("entity_id", "name", "kind", "country", "sectors")),
        ("mentions", _each("mentions", "text")),
        ("mention_starts", _each("mentions", "start")),
        ("mention_ends", _each("mentions", "end")),
    ),
    "sentence": (*IDS, *OWN_SPAN),
    "syntax": (
        ("source_id", _at("source_id")),
        ("sentence_start", _at("sentence", "start")),
        ("start", _at("start")),
        ("end", _at("end")),
        ("text", _at("text")),
        *((n, _at(n)) for n in ("upos", "xpos", "lemma", "head", "deprel")),
        ("name_tag", _at("name_tag")),
    ),
}

"""The events of a site: narrow rows to filter and count, whole ones in chunks."""

from collections.abc import Iterator
from typing import Any

from onrecord.show.site.chosen import Row, Source, as_plain
from onrecord.show.site.pack import Names, Packer, without_words
from onrecord.show.views.event import AROUND
from onrecord.store.query import rows
from onrecord.store.rows import line_of

CHUNK = 500  # events of a file
ADDED = ("outlet", "date", "title", "happening_id")
HEAD = (
    "doc_id",
    "source_id",
    "title",
    "outlet",
    "date",
    "date_basis",
    "url",
    "language",
)
# By report, so that a report's events lie in few files.
SQL = f"""
SELECT e.*, r.outlet, r.date, r.title, t.happening_id, t.against,
    r.date_basis, r.url, r.language,
    substr(r.text, greatest(e.sentence.start - {AROUND}, 0) + 1,
        least(e.sentence.start, {AROUND})) AS before,
    substr(r.text, e.sentence."end" + 1, {AROUND}) AS after
FROM events AS e SEMI JOIN kept_events USING (event_id)
JOIN reports AS r USING (doc_id)
LEFT JOIN tellings AS t USING (telling_id)
ORDER BY r.date NULLS LAST, e.doc_id, e.trigger.start, e.event_id
"""
COLUMNS = (
    "id",
    "doc",
    "type",
    "mode",
    "contexts",
    "factuality",
    "historical",
    "from",
    "to",
    "confidence",
    "score",
    "quad",
    "trigger",
    "sentence",
    "telling",
    "actors",
    "recipients",
    "by",
    "places",
    "story",
)


class EventTables:
    """Collects what the events have in common and one row of each."""

    def __init__(self) -> None:
        self.parties = Names()
        self.places = Names()
        self.lists = Names()  # of parties or places
        self.words = Names()  # texts that many rows have
        self.tellings = Names()
        self.columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self.amounts: list[list[Any]] = []

    def add(self, row: Row) -> None:
        """Add an event."""
        values = (
            row["event_id"],
            self.words.place(row["doc_id"]),
            self.words.place(row["event_type"]),
            self.words.place(row["mode"]),
            self.lists.place([self.words.place(c) for c in row["contexts"]]),
            self.words.place(row["factuality"]),
            int(row["historical"]),
            self.words.place(row["when_from"]),
            self.words.place(row["when_to"]),
            row["confidence"],
            row["score"],
            row["quad"],
            row["trigger"]["start"],
            row["sentence"]["start"],
            self._telling(row),
            self._parties(row["actors"]),
            self._parties(row["recipients"]),
            self._parties(row["attribution"]),
            self._places(row["places"]),
            self.words.place(row["story_id"]),
        )
        for name, value in zip(COLUMNS, values, strict=True):
            self.columns[name].append(value)
        if row["quantities"]:
            at = len(self.columns["id"]) - 1
            self.amounts += [[at, *self._amount(row, q)] for q in row["quantities"]]

    def party(self, party: Row) -> int:
        """Return the number of a party by what filters ask of it."""
        asked = ("entity_id", "name", "country", "sectors", "text")
        return self.parties.place([party[name] for name in asked])

    def _parties(self, parties: list[Row]) -> int:
        return self.lists.place([self.party(p) for p in parties])

    def _places(self, places: list[Row]) -> int:
        asked = ("name", "country", "geonameid", "lat", "lon", "precision", "text")
        return self.lists.place(
            [self.places.place([place[name] for name in asked]) for place in places]
        )

    def _telling(self, row: Row) -> int:
        if row["telling_id"] is None:
            return -1
        return self.tellings.place(
            [row["telling_id"], row["happening_id"], row["against"]]
        )

    def _amount(self, row: Row, quantity: Row) -> list[Any]:
        """Return a number with the party whose words hold it."""
        holder = next(
            (
                party
                for party in (*row["actors"], *row["recipients"])
                if party["start"] <= quantity["start"]
                and quantity["end"] <= party["end"]
            ),
            None,
        )
        told = ("start", "value", "low", "high", "of", "modifier", "text")
        counted = -1 if holder is None else self.party(holder)
        return [counted, *(quantity[name] for name in told)]


def event_files(source: Source, tables: EventTables) -> Iterator[dict[str, Any]]:
    """Yield packed chunks of whole events, filling `tables` with narrow ones."""
    packer = Packer()
    for row in rows(source.connection, SQL):
        tables.add(as_plain(row))
        packer.add(_whole(row))
        if packer.rows == CHUNK:
            yield packer.table()
            packer = Packer()
    if packer.rows:
        yield packer.table()


def _whole(row: Row) -> Row:
    """Return an event as the service lists it, its report and the words around."""
    report = as_plain({name: row[name] for name in HEAD})
    before, after = row.pop("before"), row.pop("after")
    added = {name: row.pop(name) for name in ADDED}
    for name in ("against", "date_basis", "url", "language"):
        row.pop(name)
    event = as_plain({**line_of("event", row), **added})
    return {
        "event": without_words(event, event["sentence"]),
        "sentence": event["sentence"],
        "report": report,
        "before": before,
        "after": after,
    }

"""The statements of a site, as narrow rows; whole ones stand with their reports."""

from typing import Any

from onrecord.show.site.chosen import Source
from onrecord.show.site.events import EventTables

SQL = """
SELECT s.statement_id, s.doc_id, s.source_id, s.act, s.speaker, s.addressee, s.events,
    s.story_id, s.when_from, s.when_to, s.when_basis, s.sentence.start AS sentence,
    s.cue.start AS cue
FROM statements AS s SEMI JOIN kept_statements USING (statement_id)
ORDER BY s.statement_id
"""


def statement_columns(source: Source, tables: EventTables) -> dict[str, list[Any]]:
    """Return what is needed of every statement to find and weigh it."""
    columns: dict[str, list[Any]] = {}
    words = tables.words
    for row in source.rows(SQL):
        addressee = row["addressee"]
        values = {
            "id": row["statement_id"],
            "doc": words.place(row["doc_id"]),
            "source": row["source_id"],
            "act": words.place(row["act"]),
            "speaker": tables.party(row["speaker"]),
            "anonymous": int(row["speaker"]["anonymous"]),
            "addressee": -1 if addressee is None else tables.party(addressee),
            "events": row["events"],
            "story": words.place(row["story_id"]),
            "from": words.place(row["when_from"]),
            "to": words.place(row["when_to"]),
            "basis": words.place(row["when_basis"]),
            "sentence": row["sentence"],
            "cue": row["cue"],
        }
        for name, value in values.items():
            columns.setdefault(name, []).append(value)
    return columns

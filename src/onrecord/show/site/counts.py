"""The numbers of a site: what each counts, and which events have it."""

from typing import Any

from onrecord.show.site.chosen import Source
from onrecord.show.views.numbers_rules import country_words, load_number_rules

# The words as `numbers.sql` has them.
SQL = """
SELECT q.quantity_id, q.doc_id, q.span.start AS start, q.span."end" AS "end", q.value,
    q.low, q.high, q.modifier, q.of, regexp_replace(lower(q.of), 's$', '') AS form,
    regexp_extract_all(lower(q.span.text), '[\\pL]+') AS words
FROM quantities AS q SEMI JOIN kept_reports USING (doc_id)
JOIN memberships AS m ON m.doc_id = q.doc_id AND m.relation = 'original'
ORDER BY q.quantity_id
"""
HELD = """
SELECT event_id, doc_id, unnest(list_transform(quantities, lambda q: q.start)) AS start
FROM events SEMI JOIN kept_events USING (event_id)
WHERE len(quantities) > 0 ORDER BY confidence DESC, event_id
"""


def count_rows(source: Source) -> list[list[Any]]:
    """Return each number with the country of its words and its events, surest first."""
    rules = load_number_rules()
    names = {
        form.removesuffix("s"): same.forms[0].removesuffix("s")
        for same in rules.same
        for form in same.forms
    }
    money = {name.removesuffix("s") for name in rules.lines.money}
    held: dict[tuple[str, int], dict[str, None]] = {}
    for row in source.rows(HELD):
        place = row["doc_id"], row["start"]
        held.setdefault(place, {})[row["event_id"]] = None
    out: list[list[Any]] = []
    for row in source.rows(SQL):
        events = held.get((row["doc_id"], row["start"]))
        if not events:
            continue  # with a filter only the numbers of events are counted
        form, words = row.pop("form"), row.pop("words")
        codes = [country_words().get(word) for word in words if form not in money]
        inside = max((code for code in codes if code), default=None)
        thing = names.get(form, form)
        out.append([*row.values(), thing, inside, list(events)])
    return out

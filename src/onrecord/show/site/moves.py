"""What may be a move of a negotiation in a site, and the words it is sorted by."""

from typing import Any

import msgspec

from onrecord.collapse.lexemes import Kind
from onrecord.show.site.chosen import Row, Source, as_plain
from onrecord.show.site.pack import Names, pack
from onrecord.show.views.positions_find import Found, _events, _statements
from onrecord.show.views.positions_kinds import (
    PositionRules,
    load_position_rules,
    reference,
)
from onrecord.show.views.positions_words import (
    SHORTEST,
    WORD,
    Reader,
    make_reader,
)

ALL = 10**9


def moves(source: Source) -> dict[str, Any]:
    """Return every move that some filter may leave, and what its words mean."""
    rules = _unlimited(load_position_rules())
    found = (
        *_events(source.connection, source.filters, rules),
        *_statements(source.connection, source.filters, rules),
    )
    reader = make_reader(rules)
    words = Words(reader)
    refers = reference(rules.words)
    nouns = frozenset(rules.words.mention)
    rows = [
        as_plain(
            _row(
                one,
                words,
                refers=bool(refers.search(one.cite.sentence.text)),
                nouns=nouns,
            )
        )
        for one in found
    ]
    return {"moves": pack(rows), "forms": words.forms}


class Words:
    """The forms that moves have, each as a small number for what it means."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._concepts = Names()
        self.forms: dict[str, list[Any]] = {}

    def read(self, text: str) -> None:
        """Remember the forms of a text."""
        for found in WORD.findall(text):
            self._remember(found)
            self._remember(found.removesuffix("'s").removesuffix("’s"))

    def _remember(self, form: str) -> None:
        if form in self.forms:
            return
        lexeme = self._reader.lexemes[form]
        means = (
            lexeme.kind is Kind.CONTENT
            and lexeme.concept not in self._reader.empty
            and len(lexeme.folded) >= SHORTEST
        )
        concept = self._concepts.place(self._reader.concept(form))
        self.forms[form] = [
            concept if means else -1,
            lexeme.folded if lexeme.folded != form else 0,
            concept if lexeme.capital else -1,
        ]


def _row(found: Found, words: Words, *, refers: bool, nouns: frozenset[str]) -> Row:
    row = found.row
    for text in (found.cite.sentence.text, found.cite.title or ""):
        words.read(text)
    for party in found.actors:
        words.read(f"{party['text']} {party['name']}")
    last = found.word["text"].lower().split()[-1:]
    return {
        "event": found.cite.event_id,
        "statement": found.statement_id,
        "kind": found.rule.kind.value,
        "names": found.rule.names,
        "type": row.get("event_type"),
        "act": row.get("act"),
        "factuality": row.get("factuality", "happened"),
        "day": row["when_from"] if row["when_basis"] == "text" else found.cite.date,
        "basis": "text" if row["when_basis"] == "text" else "publication",
        "word": found.word,
        "actors": [_party(p) for p in found.actors],
        "recipients": [_party(p) for p in found.recipients],
        "by": [_named(p) for p in found.row.get("attribution", ())],
        "content": [_range(span) for span in found.content],
        "said": [_range(span) for span in found.said],
        "refers": refers,
        "mention": bool(nouns.intersection(last)),
        "cite": found.cite,
    }


def _party(party: Any) -> list[Any]:
    asked = ("name", "entity_id", "country", "sectors", "text")
    return [party[name] for name in asked]


def _named(party: Any) -> list[str]:
    return [party["name"], party["entity_id"]]


def _range(span: Any) -> list[int]:
    return [span["start"], span["end"]]


def _unlimited(rules: PositionRules) -> PositionRules:
    grouping = msgspec.structs.replace(rules.grouping, most=ALL)
    return msgspec.structs.replace(rules, grouping=grouping)

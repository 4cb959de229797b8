"""What comparing happenings looks at, from the rows of a report's events."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from onrecord.collapse.lexemes import Kind, Lexemes, hash_of
from onrecord.collapse.meanings import meanings_of
from onrecord.collapse.words import Word, cut_words
from onrecord.model.event import Factuality, WhenBasis
from onrecord.model.happening import STATUS_OF, Profile

WORDS_ALONE = "ent-"  # begins the id of a party of which only the words are known
BUCKET = 4  # days that share a key
SPREAD = 1  # days by which two reports may differ about one happening
LONG = 10  # days; a longer time says little about when
BEFORE = 3  # days before a report in which most of what it tells happened
TOPIC = 12  # names that tell what a report is about
STEM = "="

Row = Mapping[str, Any]
T = TypeVar("T", int, str)


def make_profiles(
    rows: Sequence[Row], *, date: dt.date | None, lexemes: Lexemes
) -> Iterator[Profile]:
    """Yield the profiles of a report's events, given as table rows in their order."""
    sentences = {
        row["sentence"]["start"]: _words(row["sentence"]["text"], lexemes)
        for row in rows
    }
    topic = _topic(sentences.values())
    tellings: dict[str, list[Row]] = {}
    for row in rows:
        tellings.setdefault(row["telling_id"], []).append(row)
    things = _rarities(
        {
            word.thing
            for row in some
            for word in sentences[row["sentence"]["start"]]
            if word.weight
        }
        for some in tellings.values()
    )
    meanings = _rarities(
        meanings_of((row["rule"] for row in some), _triggers(some, lexemes), lexemes)
        for some in tellings.values()
    )
    for some, thing, meaning in zip(tellings.values(), things, meanings, strict=True):
        yield _make_profile(some, thing, meaning, topic, date, lexemes)


def _rarities(told: Iterable[Iterable[T]]) -> list[dict[T, float]]:
    """Return how rare each thing is among tellings, for the things of each, sorted."""
    listed = [sorted(things) for things in told]
    counts = Counter(thing for things in listed for thing in things)
    return [
        {t: round(math.log((len(listed) + 1) / counts[t]), 3) for t in things}
        for things in listed
    ]


def _topic(sentences: Iterable[Sequence[Word]]) -> tuple[int, ...]:
    """Return the names that most of the sentences have, the most frequent first."""
    counts = Counter(
        thing for words in sentences for thing in {w.thing for w in words if w.name}
    )
    return tuple(sorted(counts, key=lambda thing: (-counts[thing], thing))[:TOPIC])


def _make_profile(
    rows: Sequence[Row],
    things: Mapping[int, float],
    meanings: Mapping[str, float],
    topic: tuple[int, ...],
    date: dt.date | None,
    lexemes: Lexemes,
) -> Profile:
    first = rows[0]
    actors = [party for row in rows for party in row["actors"]]
    recipients = [party for row in rows for party in row["recipients"]]
    places = [place for row in rows for place in row["places"]]
    days = _said_days(rows)
    who = {
        *_ids(actors, lexemes),
        *_ids(recipients, lexemes),
        *_countries(actors),
        *_countries(recipients),
        *(place["name"] for place in places),
        *(f"{first['event_type']} {name}" for name in topic),
    }
    return Profile(
        telling_id=first["telling_id"],
        doc_id=first["doc_id"],
        date=date.toordinal() if date else None,
        event_type=first["event_type"],
        status=STATUS_OF[Factuality(first["factuality"])],
        modes=_some(row["mode"] for row in rows),
        meanings=tuple(meanings),
        meaning_rarities=tuple(meanings.values()),
        actors=_ids(actors, lexemes),
        actor_countries=_countries(actors),
        recipients=_ids(recipients, lexemes),
        recipient_countries=_countries(recipients),
        start=days[0] if days else None,
        end=days[1] if days else None,
        places=_some(place["name"] for place in places),
        place_countries=_countries(places),
        numbers=_numbers(rows, lexemes),
        things=tuple(things),
        thing_rarities=tuple(things.values()),
        parties=_party_words((*actors, *recipients), lexemes),
        topic=topic,
        keys=_keys(who, _buckets(days, date)),
    )


def _triggers(rows: Iterable[Row], lexemes: Lexemes) -> Iterator[int]:
    for row in rows:
        for word in _words(row["trigger"]["text"], lexemes):
            if word.lexeme.kind is Kind.CONTENT:
                yield word.lexeme.concept


def _party_words(parties: Iterable[Row], lexemes: Lexemes) -> tuple[int, ...]:
    """Return what names parties, as the sentences have it."""
    found = {
        word.thing
        for party in parties
        for word in _words(party["text"], lexemes)
        if word.weight
    }
    return tuple(sorted(found))


def _some(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value is not None}))


def _countries(items: Iterable[Row]) -> tuple[str, ...]:
    return _some(item["country"] for item in items)


def _ids(parties: Iterable[Row], lexemes: Lexemes) -> tuple[str, ...]:
    """Return ids that hold in every report, or the stems of what the words name."""
    found: set[str] = set()
    for party in parties:
        if not party["entity_id"].startswith(WORDS_ALONE):
            found.add(party["entity_id"])
            continue
        found.update(
            f"{STEM}{word.lexeme.concept}"
            for word in _words(party["name"], lexemes)
            if word.lexeme.kind is Kind.CONTENT and not word.lexeme.capital
        )
    return tuple(sorted(found))


def _words(text: str, lexemes: Lexemes) -> tuple[Word, ...]:
    return cut_words(text, lexemes, placed=False).words


def _said_days(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Return the narrowest time that is said; None where none is."""
    said = [
        (row["when_from"].toordinal(), row["when_to"].toordinal())
        for row in rows
        if row["when_basis"] == WhenBasis.TEXT
    ]
    return min(said, key=lambda days: (days[1] - days[0], days), default=None)


def _numbers(rows: Sequence[Row], lexemes: Lexemes) -> tuple[tuple[str, float], ...]:
    """Return what is counted, by its stem, and how many."""
    return tuple(
        sorted(
            {
                (str(lexemes[q["of"]].concept) if q["of"] else "", q["value"])
                for row in rows
                for q in row["quantities"]
                if q["value"] is not None
            }
        )
    )


def _buckets(days: tuple[int, int] | None, date: dt.date | None) -> frozenset[int]:
    """Return the stretches of days in which it happened, or may have."""
    found: set[int] = set()
    if days and days[1] - days[0] <= LONG:
        found.update(_stretches(days[0] - SPREAD, days[1] + SPREAD))
    if date:
        found.update(_stretches(date.toordinal() - BEFORE, date.toordinal()))
    return frozenset(found or {0})


def _stretches(first: int, last: int) -> range:
    return range(first // BUCKET, last // BUCKET + 1)


def _keys(who: Iterable[str], buckets: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({hash_of(f"{one} {at}") for one in who for at in buckets}))

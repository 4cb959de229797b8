"""Find the places a report names: which, where they lie, and what they stand for."""

from collections.abc import Sequence

from onrecord.lexicon.gazetteer import Gazetteer, PlaceKind
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Nominal, Place, Sentence
from onrecord.model.document import Document
from onrecord.understand.place_choice import Choice, choose
from onrecord.understand.place_names import find_candidates
from onrecord.understand.place_roles import place_role


def find_places(
    document: Document,
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    *,
    kit: Kit,
) -> tuple[Place, ...]:
    """Return the places named in a report, in text order.

    Spans hold the name only: in "southwestern Russia" the place is Russia. A country,
    a sea, and what covers several countries have no coordinates.
    """
    return places_in(document.text, sentences, nominals, kit.gazetteer)


def places_in(
    text: str,
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    gazetteer: Gazetteer,
) -> tuple[Place, ...]:
    """Return the places of `find_places`; nothing but the gazetteer is needed."""
    candidates = find_candidates(text, sentences, nominals, gazetteer)
    choices = choose(text, candidates, sentences, nominals, gazetteer.words)
    return tuple(_as_place(choice, sentences, gazetteer) for choice in choices)


def _as_place(
    choice: Choice, sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> Place:
    entry, candidate = choice.entry, choice.candidate
    tokens = sentences[candidate.sentence].tokens
    return Place(
        span=candidate.span,
        sentence=candidate.sentence,
        name=entry.name,
        precision=entry.precision,
        role=place_role(tokens, candidate.first, candidate.last, gazetteer.words),
        country=entry.country,
        admin1=entry.admin1,
        lat=entry.lat,
        lon=entry.lon,
        geonameid=entry.geonameid,
        basis=_basis(choice),
    )


def _basis(choice: Choice) -> str:
    if choice.entry.kind is PlaceKind.COUNTRY:
        return "country"
    if choice.by_context:
        return "context"
    return "gazetteer" if choice.entry.kind is PlaceKind.TOWN else "table"

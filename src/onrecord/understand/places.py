"""Find the places a report names: which, where they lie, and what they stand for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.lexicon.gazetteer import Gazetteer, PlaceKind
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Nominal, NominalKind, Place, Sentence
from onrecord.model.document import Document
from onrecord.understand.place_choice import Choice, choose
from onrecord.understand.place_names import find_candidates
from onrecord.understand.place_roles import place_role

PARTY_KINDS = frozenset(
    {NominalKind.PERSON, NominalKind.ORGANISATION, NominalKind.GROUP}
)


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
    parties = _party_heads(nominals)
    return tuple(_as_place(c, sentences, gazetteer, parties) for c in choices)


def _party_heads(nominals: Sequence[Nominal]) -> Mapping[int, frozenset[int]]:
    """Return, by sentence, the head words of persons, bodies and groups."""
    heads: dict[int, set[int]] = defaultdict(set)
    for nominal in nominals:
        if nominal.kind in PARTY_KINDS:
            heads[nominal.sentence].add(nominal.head)
    return {sentence: frozenset(found) for sentence, found in heads.items()}


def _as_place(
    choice: Choice,
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    parties: Mapping[int, frozenset[int]],
) -> Place:
    entry, candidate = choice.entry, choice.candidate
    role = place_role(
        sentences[candidate.sentence].tokens,
        candidate.first,
        candidate.last,
        gazetteer.words,
        party_heads=parties.get(candidate.sentence, frozenset()),
    )
    return Place(
        span=candidate.span,
        sentence=candidate.sentence,
        name=entry.name,
        precision=entry.precision,
        role=role,
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

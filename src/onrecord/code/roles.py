"""Fill actor and recipient from the reader's links, the frame and the tree."""

from collections.abc import Mapping, Sequence

from onrecord.code.arguments import find_arguments
from onrecord.code.trigger import Candidate
from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.event import Party
from onrecord.model.lookup import Nominals, nominal_at
from onrecord.model.tree import dependents, governor, has_relation

# Set on gold/dev: what a link of the reader needs, and what a frame's slot adds to it.
# A noun phrase known to be a party needs less than one that may be any thing.
LEAST_PARTY = 0.3
LEAST_THING = 0.5
PARTY_SLOT = 0.5
THING_SLOT = 0.0
NAMING = ("PROPN", "NOUN", "PRON")
Roles = tuple[tuple[Party, ...], tuple[Party, ...]]
# Without a frame: where actor and recipient stand in general.
ACTOR_SLOTS = ("subj", "poss")
RECIPIENT_SLOTS = ("obj", "iobj")


def find_roles(
    number: int, sentence: Sentence, candidate: Candidate, nominals: Nominals
) -> Roles:
    """Return actors and recipients; nobody stands on both sides."""
    score = candidate.score
    actor_slots, recipient_slots = (
        _slot_weights(number, sentence, tokens, nominals, alone=score is None)
        for tokens in _slots(sentence, candidate)
    )
    known = _known_parties(number, sentence, nominals)
    actors = _weigh(
        score.actors if score else (), actor_slots, sentence=sentence, known=known
    )
    recipients = _weigh(
        score.recipients if score else (),
        recipient_slots,
        sentence=sentence,
        known=known,
    )
    for token in set(actors) & set(recipients):
        if (token in actor_slots) != (token in recipient_slots):
            weaker = recipients if token in actor_slots else actors
        else:
            weaker = recipients if recipients[token] <= actors[token] else actors
        del weaker[token]
    if candidate.match is not None and candidate.match.frame.mutual:
        actors, recipients = {**actors, **recipients}, {}
    first = _parties(number, sentence, actors, nominals)
    taken = {p.span for p in first}
    second = _parties(number, sentence, recipients, nominals)
    return first, tuple(p for p in second if p.span not in taken)


def _slots(
    sentence: Sentence, candidate: Candidate
) -> tuple[Sequence[int], Sequence[int]]:
    if candidate.match is not None:
        return candidate.match.actors, candidate.match.recipients
    arguments = find_arguments(sentence, candidate.token)
    return (
        _first_filled(arguments, ACTOR_SLOTS),
        _first_filled(arguments, RECIPIENT_SLOTS),
    )


def _first_filled(
    arguments: Mapping[str, tuple[int, ...]], slots: Sequence[str]
) -> tuple[int, ...]:
    return next((arguments[s] for s in slots if arguments.get(s)), ())


def _slot_weights(
    number: int,
    sentence: Sentence,
    tokens: Sequence[int],
    nominals: Nominals,
    *,
    alone: bool,
) -> dict[int, float]:
    """Return what a frame's slots add; `alone`, without links, they decide."""
    weights: dict[int, float] = {}
    for token in tokens:
        nominal = nominal_at(number, sentence, token, nominals)
        if nominal is not None:
            known = nominal.basis != "words"
            weights[token] = 1.0 if alone else PARTY_SLOT if known else THING_SLOT
    return weights


def _known_parties(
    number: int, sentence: Sentence, nominals: Nominals
) -> frozenset[int]:
    """Return the words of noun phrases of which more is known than their words."""
    return frozenset(
        token
        for token in range(len(sentence.tokens))
        if (nominal := nominal_at(number, sentence, token, nominals)) is not None
        and nominal.basis != "words"
    )


def _weigh(
    links: Sequence[tuple[int, float]],
    slots: Mapping[int, float],
    *,
    sentence: Sentence,
    known: frozenset[int],
) -> dict[int, float]:
    """Return the words that fill a role, with their scores."""
    weights = dict(links)
    for token, weight in slots.items():
        weights[token] = weights.get(token, 0.0) + weight
    chosen = {
        token: weight
        for token, weight in sorted(weights.items())
        if weight >= (LEAST_PARTY if token in known else LEAST_THING)
    }
    return _with_conjuncts(sentence, chosen, known)


def _with_conjuncts(
    sentence: Sentence, chosen: Mapping[int, float], known: frozenset[int]
) -> dict[int, float]:
    """Add the known parties that are coordinated with a chosen one ("US and NATO")."""
    found = dict(chosen)
    for token, weight in chosen.items():
        first = token
        if has_relation(sentence.tokens[token], "conj"):
            first = governor(sentence, token) or token
        for other in (first, *dependents(sentence, first, "conj")):
            if other in known and sentence.tokens[other].upos in NAMING:
                found.setdefault(other, weight)
    return found


def _parties(
    number: int, sentence: Sentence, tokens: Mapping[int, float], nominals: Nominals
) -> tuple[Party, ...]:
    found: dict[int, Party] = {}
    for token in sorted(tokens):
        nominal = nominal_at(number, sentence, token, nominals)
        if nominal is not None and nominal.head not in found:
            found[nominal.head] = as_party(nominal)
    return tuple(found.values())


def as_party(nominal: Nominal) -> Party:
    """Show a nominal as a party of an event or statement."""
    return Party(
        span=nominal.span,
        name=nominal.name,
        entity_id=nominal.entity_id,
        country=nominal.country,
        sectors=nominal.sectors,
        role=nominal.role,
        basis=nominal.basis,
        antecedent=nominal.antecedent,
    )

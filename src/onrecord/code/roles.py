"""Fill actor and recipient from the reader's links, the frame and the tree."""

from collections.abc import Container, Mapping, Sequence

from onrecord.code.arguments import find_arguments
from onrecord.code.trigger import Candidate
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.event import Party
from onrecord.model.lookup import Nominals, nominal_at
from onrecord.model.tree import dependents, governor, has_relation

# Set on gold/dev and the held-out folds of gold/train together: what a link of the
# reader needs, and what a frame's slot adds to it. A noun phrase known to be a party
# needs less than one that may be any thing, a place more: who takes or frees a town
# acts on those who hold it.
LEAST_PARTY = 0.35
LEAST_THING = 0.7
LEAST_PLACE = 1.0
PARTY_SLOT = 0.25
THING_SLOT = 0.0
# Of the best in a role: the rest of a role are mostly parties of an act beside it.
LEAST_SHARE = 0.75
CLEAR_LINK = 0.5  # to a recipient of a mutual act, such as whom a fight is against
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
    kinds = _kinds(number, sentence, nominals)
    actor_links = dict(score.actors) if score else {}
    recipient_links = dict(score.recipients) if score else {}
    actors = _weigh(actor_links, actor_slots, sentence, kinds, places=True)
    recipients = _weigh(
        recipient_links, recipient_slots, sentence, kinds, places=score is None
    )
    for token in set(actors) & set(recipients):
        if (token in actor_slots) != (token in recipient_slots):
            weaker = recipients if token in actor_slots else actors
        else:
            weaker = recipients if recipients[token] <= actors[token] else actors
        del weaker[token]
    if not actors:
        actors = _subjects(sentence, candidate.token, kinds, recipients)
    if candidate.match is not None and candidate.match.frame.mutual:
        both = {
            token: weight
            for token, weight in recipients.items()
            if recipient_links.get(token, 0.0)
            < max(CLEAR_LINK, actor_links.get(token, 0.0))
        }
        actors = {**actors, **both}
        recipients = {t: w for t, w in recipients.items() if t not in both}
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


def _subjects(
    sentence: Sentence,
    token: int,
    known: Container[int],
    recipients: Container[int],
) -> dict[int, float]:
    """Return the logical subjects that are parties: who acts where nobody is marked."""
    subjects = find_arguments(sentence, token).get("subj", ())
    return {one: 1.0 for one in subjects if one in known and one not in recipients}


def _kinds(
    number: int, sentence: Sentence, nominals: Nominals
) -> Mapping[int, NominalKind]:
    """Return what words name of whose phrases more is known than their words."""
    return {
        token: nominal.kind
        for token in range(len(sentence.tokens))
        if (nominal := nominal_at(number, sentence, token, nominals)) is not None
        and nominal.basis != "words"
    }


def _weigh(
    links: Mapping[int, float],
    slots: Mapping[int, float],
    sentence: Sentence,
    kinds: Mapping[int, NominalKind],
    *,
    places: bool,
) -> dict[int, float]:
    """Return the words that fill a role, with their scores.

    With `places`, a place needs no more than another party.
    """
    weights = dict(links)
    for token, weight in slots.items():
        weights[token] = weights.get(token, 0.0) + weight
    least = LEAST_SHARE * max(weights.values(), default=0.0)
    chosen = {
        token: weight
        for token, weight in sorted(weights.items())
        if weight >= max(least, _needed(kinds.get(token), places=places))
    }
    return _with_conjuncts(sentence, chosen, kinds)


def _needed(kind: NominalKind | None, *, places: bool) -> float:
    if kind is None:
        return LEAST_THING
    return LEAST_PLACE if kind is NominalKind.PLACE and not places else LEAST_PARTY


def _with_conjuncts(
    sentence: Sentence, chosen: Mapping[int, float], known: Container[int]
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

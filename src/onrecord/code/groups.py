"""Tell apart the parties that one phrase counts: "both sides", "the two countries"."""

from collections.abc import Sequence

import msgspec

from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import AnnotatedDocument, Nominal
from onrecord.model.event import Party
from onrecord.model.tree import dependents

BACK = 3  # sentences in which the members must have been named


def expand_groups(
    adoc: AnnotatedDocument,
    number: int,
    parties: Sequence[Party],
    choices: Choices,
) -> tuple[Party, ...]:
    """Return the parties, a counted group as its members, each with the group's words.

    Members are the parties of different countries named last before the group. Where
    fewer were named than it counts, the group stays one party: nobody is guessed.
    """
    words = adoc.sentences[number].tokens
    if not any(word.lemma.lower() in choices.group_heads for word in words):
        return tuple(parties)
    heads = {n.span: n.head for n in adoc.nominals if n.sentence == number}
    expanded: list[Party] = []
    for party in parties:
        head = heads.get(party.span)
        wanted = 0 if head is None else _count(adoc, number, head, choices)
        members = _named_before(adoc, number, party, wanted) if wanted else ()
        expanded += [_as_member(party, member) for member in members] or [party]
    return tuple(expanded)


def _count(adoc: AnnotatedDocument, number: int, head: int, choices: Choices) -> int:
    """Return how many parties a phrase counts; 0 where it is no such group."""
    sentence = adoc.sentences[number]
    if sentence.tokens[head].lemma.lower() not in choices.group_heads:
        return 0
    described = dependents(sentence, head, "amod", "nmod", "compound", "acl")
    for child in dependents(sentence, head, "det", "nummod", "det:predet"):
        count = choices.group_counts.get(sentence.tokens[child].text.lower())
        if count is not None and not described:
            return count
    return 0


def _named_before(
    adoc: AnnotatedDocument, number: int, group: Party, wanted: int
) -> tuple[Nominal, ...]:
    """Return the last named parties of `wanted` countries, in text order, or none."""
    found: dict[str, Nominal] = {}
    for nominal in sorted(adoc.nominals, key=lambda n: n.span.start, reverse=True):
        if nominal.span.end > group.span.start or nominal.pronoun:
            continue
        if nominal.sentence < number - BACK or len(found) == wanted:
            break
        if nominal.country is not None and nominal.basis != "words":
            found.setdefault(nominal.country, nominal)
    if len(found) < wanted:
        return ()
    return tuple(sorted(found.values(), key=lambda n: n.span.start))


def _as_member(group: Party, member: Nominal) -> Party:
    return msgspec.structs.replace(
        group,
        name=member.name,
        entity_id=member.entity_id,
        country=member.country,
        sectors=member.sectors,
        role=member.role,
        basis="coreference",
        antecedent=member.span,
    )

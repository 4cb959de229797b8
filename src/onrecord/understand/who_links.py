"""When two phrases of a report are one, and what they learn from each other."""

from collections.abc import Sequence

import msgspec

from onrecord.lexicon.actor_entries import AtHome
from onrecord.model.annotation import NominalKind
from onrecord.understand.who_phrase import VAGUE, Phrase, changed, entity_id

LANDS = frozenset({NominalKind.COUNTRY, NominalKind.PLACE})
AT_HOME = frozenset({NominalKind.PERSON, NominalKind.ORGANISATION})


def is_known(phrase: Phrase) -> bool:
    """Tell whether a phrase names somebody."""
    return phrase.person is not None or phrase.entry is not None


def is_role(phrase: Phrase, named: Phrase) -> bool:
    """Tell whether a description can be of a name: "our ally Turkey"."""
    if phrase.agent is None or phrase.named or phrase.pronoun or phrase.plural:
        return False
    other = phrase.agent.home is AtHome.OTHER
    return other or (
        named.nominal.kind not in LANDS and named.nominal.kind == phrase.nominal.kind
    )


def merge(named: Phrase, role: Phrase) -> tuple[Phrase, Phrase]:
    """Return a name with what the description says, and the description named."""
    here, there = named.nominal, role.nominal
    if named.person is not None:
        learned = here.country is None and there.country is not None
        named = changed(
            named,
            country=here.country or there.country,
            sectors=here.sectors or there.sectors,
            role=here.role or there.name,
            basis="apposition" if learned else here.basis,
        )
    same = named.nominal
    role = msgspec.structs.replace(role, refers=named.key)
    return named, changed(
        role,
        name=same.name,
        entity_id=same.entity_id,
        kind=same.kind,
        country=same.country,
        sectors=there.sectors or same.sectors,
        anonymous=False,
        basis="apposition",
        antecedent=same.span,
    )


def has_home(phrase: Phrase) -> bool:
    """Tell whether somebody belongs where the report is."""
    if phrase.foreign:
        return False
    if phrase.agent is not None:
        return phrase.agent.home is AtHome.YES
    return phrase.named and phrase.nominal.kind in AT_HOME


def same_name(one: str, other: str) -> bool:
    """Tell whether two full names can be one person's."""
    return one.split()[0] == other.split()[0] or one in other or other in one


def owned_by(phrase: Phrase, owner: Phrase) -> Phrase:
    """Return a phrase with the country, and the clearer calling, of its owner."""
    here, there = phrase.nominal, owner.nominal
    sectors = here.sectors
    if phrase.agent is not None and sectors in VAGUE and there.kind not in LANDS:
        sectors = there.sectors or sectors
    country = here.country or there.country
    learned = country is not None and here.country is None
    renamed = learned and phrase.person is None
    return changed(
        phrase,
        country=country,
        sectors=sectors,
        basis="modifier" if learned else here.basis,
        entity_id=entity_id(here.name, country) if renamed else here.entity_id,
    )


def can_describe(phrase: Phrase, earlier: Phrase) -> bool:
    """Tell whether a description can go back to an earlier phrase of its noun."""
    here, there = phrase.nominal, earlier.nominal
    if here.country and here.country != there.country:
        return False
    if earlier.entry is not None and phrase.noun in earlier.entry.called:
        return phrase.definite
    if phrase.agent is None or phrase.named:
        return False
    if here.country and not phrase.definite:
        return False
    if earlier.person is not None:
        return phrase.definite and not phrase.plural
    same = phrase.agent is earlier.agent and phrase.plural == earlier.plural
    return same and there.country is not None


def best_mentions(lines: Sequence[Sequence[Phrase]]) -> dict[str, Phrase]:
    """Return, by surname, the mention that says most of a person."""
    found: dict[str, Phrase] = {}
    for line in lines:
        for phrase in line:
            if phrase.person is None:
                continue
            best = found.get(phrase.person)
            if best is None or _says(phrase) > _says(best):
                found[phrase.person] = phrase
    return found


def _says(phrase: Phrase) -> tuple[bool, bool, bool, bool]:
    nominal = phrase.nominal
    return (
        phrase.entry is not None,
        " " in nominal.name,
        nominal.country is not None,
        nominal.role is not None,
    )

"""What a report says elsewhere about whom a noun phrase names.

Phrases are taken in text order. Each is completed from what stands before it: a
surname from the full name, a phrase from the one it belongs to, a name and its
apposition from each other, a description from what it describes, a pronoun from the
phrase it stands for. At last those who belong where the report is get its country.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.lexicon.actor_entries import AtHome
from onrecord.model.annotation import NominalKind, Sentence
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_home import Home
from onrecord.understand.who_local import VAGUE
from onrecord.understand.who_phrase import Key, Phrase, changed, entity_id
from onrecord.understand.who_pronouns import Pronouns

ABROAD = frozenset({"MIL"})  # those who may stand in other countries than their own
LANDS = frozenset({NominalKind.COUNTRY, NominalKind.PLACE})
AT_HOME = frozenset({NominalKind.PERSON, NominalKind.ORGANISATION})
LOOK_BACK = 6  # phrases of the same noun


def complete(
    sentences: Sequence[Sentence],
    lines: Sequence[Sequence[Phrase]],
    pronouns: Pronouns,
) -> list[Phrase]:
    """Return all phrases of a report, completed, in text order."""
    context = _Context(sentences, lines, pronouns)
    for number, line in enumerate(lines):
        for phrase in line:
            context.complete(phrase.key)
        pronouns.close(number)
    return list(context.at_home())


class _Context:
    """What is known of a report's phrases so far."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        lines: Sequence[Sequence[Phrase]],
        pronouns: Pronouns,
    ) -> None:
        self.sentences = sentences
        self.local = {p.key: p for line in lines for p in line}
        self.pronouns = pronouns
        self.people = _people(lines)
        self.home = Home(lines)
        self.done: dict[Key, Phrase] = {}
        self.by_noun: dict[str, list[Phrase]] = defaultdict(list)

    def complete(self, key: Key) -> Phrase:
        """Return a phrase completed from its context; each is completed once."""
        if key in self.done:
            return self.done[key]
        phrase = self.local[key]
        self.done[key] = phrase  # a phrase that belongs to itself ends here
        if phrase.pronoun:
            phrase = self._pronoun(phrase)
        else:
            phrase = self._surname(phrase)
            phrase = self._owned(phrase)
            phrase = self._apposed(phrase)
            phrase = self._described(phrase)
            phrase = self._placed(phrase)
            self._index(phrase)
        self.done[key] = phrase
        self.pronouns.remember(phrase)
        return phrase

    def _index(self, phrase: Phrase) -> None:
        """Note the nouns by which the report may go back to a phrase."""
        nominal = phrase.nominal
        nouns = {phrase.noun} if phrase.agent else set()
        if phrase.entry is not None:
            nouns.update(phrase.entry.called)
        if nominal.role:
            nouns.add(nominal.role.lower().split()[-1])
        for noun in nouns:
            self.by_noun[noun].append(phrase)

    # -- names

    def _placed(self, phrase: Phrase) -> Phrase:
        """Choose among the countries that have a place of this name."""
        if not phrase.lands or phrase.nominal.country:
            return phrase
        counts = self.home.counts
        country = max(phrase.lands, key=lambda land: counts[land])
        if not counts[country] and not phrase.likely:
            return phrase
        return changed(phrase, country=country)

    def _surname(self, phrase: Phrase) -> Phrase:
        """Complete a person by what the report says of him or her elsewhere."""
        if phrase.person is None or phrase.entry is not None:
            return phrase
        full = self.people.get(phrase.person)
        if full is None or full is self.local[phrase.key]:
            return phrase
        here, there = phrase.nominal, full.nominal
        if " " in here.name and not _same_name(here.name, there.name):
            return phrase
        phrase = msgspec.structs.replace(phrase, refers=full.key)
        return changed(
            phrase,
            name=there.name,
            entity_id=there.entity_id,
            country=here.country or there.country,
            sectors=here.sectors or there.sectors,
            role=here.role or there.role,
            basis="surname",
            antecedent=there.span,
        )

    def _apposed(self, phrase: Phrase) -> Phrase:
        """Let a name and the description beside it say the same."""
        other = self._beside(phrase)
        if other is None:
            return phrase
        if _is_known(phrase) and _is_role(other):
            named, role = _merged(phrase, other)
            self.done[role.key] = role
            return named
        if _is_role(phrase) and _is_known(other):
            named, role = _merged(other, phrase)
            self.done[named.key] = named
            return role
        return phrase

    def _beside(self, phrase: Phrase) -> Phrase | None:
        """Return the phrase that this one is an apposition or predicate of."""
        number, head = phrase.key
        sentence = self.sentences[number]
        if has_relation(sentence.tokens[head], "appos"):
            above = governor(sentence, head)
            return None if above is None else self.done.get((number, above))
        if dependents(sentence, head, "cop"):
            for child in dependents(sentence, head, "nsubj"):
                return self.done.get((number, child))
        return None

    # -- what belongs to what

    def _owned(self, phrase: Phrase) -> Phrase:
        """Give a phrase the country and calling of what it belongs to."""
        vague = phrase.agent is not None and phrase.nominal.sectors in VAGUE
        if phrase.nominal.country and not vague:
            return phrase
        if phrase.agent is not None and phrase.agent.home is AtHome.OTHER:
            return phrase
        number = phrase.key[0]
        heads = phrase.owners + (phrase.places if self._is_local(phrase) else ())
        for head in heads:
            if (number, head) in self.local:
                phrase = _belonging(phrase, self.complete((number, head)))
        return phrase

    def _is_local(self, phrase: Phrase) -> bool:
        """Tell whether where somebody stands says where he is from."""
        agent = phrase.agent
        if agent is None or agent.home is not AtHome.YES:
            return False
        return ABROAD.isdisjoint(agent.sectors)

    def _described(self, phrase: Phrase) -> Phrase:
        """Complete a description from the nearest phrase that it can describe."""
        nominal = phrase.nominal
        if phrase.entry or phrase.person or phrase.refers:
            return phrase
        for earlier in reversed(self.by_noun[phrase.noun][-LOOK_BACK:]):
            if not _describes(phrase, earlier):
                continue
            there = earlier.nominal
            phrase = msgspec.structs.replace(phrase, refers=earlier.key)
            if not phrase.definite:
                return changed(
                    phrase,
                    country=there.country,
                    basis="coreference",
                    antecedent=there.span,
                )
            return changed(
                phrase,
                name=there.name,
                entity_id=there.entity_id,
                kind=there.kind,
                country=there.country,
                sectors=nominal.sectors or there.sectors,
                role=nominal.role or there.role,
                anonymous=nominal.anonymous and there.anonymous,
                basis="coreference",
                antecedent=there.span,
            )
        return phrase

    def _pronoun(self, phrase: Phrase) -> Phrase:
        found = self.pronouns.resolve(phrase, self.done)
        if found is None:
            return phrase
        there = found.nominal
        phrase = msgspec.structs.replace(
            phrase,
            refers=found.key,
            agent=found.agent,
            person=found.person,
            plural=found.plural,
        )
        return changed(
            phrase,
            name=there.name,
            entity_id=there.entity_id,
            kind=there.kind,
            country=there.country,
            sectors=there.sectors,
            role=there.role,
            anonymous=there.anonymous,
            basis="coreference",
            antecedent=there.antecedent if there.pronoun else there.span,
        )

    # -- at home

    def at_home(self) -> Iterator[Phrase]:
        """Yield all phrases; those who belong where the report is get its country.

        A person has one country all through a report.
        """
        lands: dict[str, str | None] = {}
        for phrase in self.done.values():
            if phrase.person is not None and phrase.nominal.country:
                lands.setdefault(phrase.nominal.entity_id, phrase.nominal.country)
        for key in sorted(self.done):
            phrase = self.done[key]
            if phrase.nominal.country is None:
                phrase = self._settled(phrase, lands)
                self.done[key] = phrase
            yield phrase

    def _settled(self, phrase: Phrase, lands: dict[str, str | None]) -> Phrase:
        nominal = phrase.nominal
        refers = self.done[phrase.refers] if phrase.refers else None
        known = lands.get(nominal.entity_id)
        if known is None and refers is not None:
            known = refers.nominal.country
        if known is not None:
            return changed(phrase, country=known)
        if phrase.agent is not None and phrase.agent.country:
            return changed(phrase, country=phrase.agent.country, basis="agent")
        if not _has_home(phrase):
            return phrase
        place = self.home.at(nominal)
        if place is None:
            return phrase
        if phrase.person is not None:
            lands[nominal.entity_id] = place.country
        return changed(
            phrase,
            country=place.country,
            basis="coreference",
            antecedent=nominal.antecedent or place.span,
        )


def _is_known(phrase: Phrase) -> bool:
    return phrase.person is not None or phrase.entry is not None


def _is_role(phrase: Phrase) -> bool:
    return phrase.agent is not None and not phrase.named and not phrase.pronoun


def _merged(named: Phrase, role: Phrase) -> tuple[Phrase, Phrase]:
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


def _has_home(phrase: Phrase) -> bool:
    if phrase.foreign:
        return False
    if phrase.agent is not None:
        return phrase.agent.home is AtHome.YES
    return phrase.named and phrase.nominal.kind in AT_HOME


def _same_name(one: str, other: str) -> bool:
    """Tell whether two full names can be one person's."""
    return one.split()[0] == other.split()[0] or one in other or other in one


def _belonging(phrase: Phrase, owner: Phrase) -> Phrase:
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


def _describes(phrase: Phrase, earlier: Phrase) -> bool:
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


def _people(lines: Sequence[Sequence[Phrase]]) -> dict[str, Phrase]:
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

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
from onrecord.lexicon.actors import ActorLexicon
from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_home import Home
from onrecord.understand.who_links import (
    LANDS,
    best_mentions,
    can_describe,
    has_home,
    is_known,
    is_role,
    merge,
    owned_by,
    same_name,
)
from onrecord.understand.who_phrase import VAGUE, Key, Phrase, changed
from onrecord.understand.who_pronouns import Pronouns

ABROAD = frozenset({"MIL"})  # those who may stand in other countries than their own
LOOK_BACK = 6  # phrases of the same noun
LAND_BACK = 4  # sentences


def complete(
    sentences: Sequence[Sentence],
    lines: Sequence[Sequence[Phrase]],
    pronouns: Pronouns,
    actors: ActorLexicon,
) -> list[Phrase]:
    """Return all phrases of a report, completed, in text order."""
    context = _Context(sentences, lines, pronouns, actors)
    for number, line in enumerate(lines):
        for phrase in line:
            context.complete(phrase.key)
        pronouns.scene.close(number)
    return list(context.at_home())


class _Context:
    """What is known of a report's phrases so far."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        lines: Sequence[Sequence[Phrase]],
        pronouns: Pronouns,
        actors: ActorLexicon,
    ) -> None:
        self.sentences = sentences
        self.local = {p.key: p for line in lines for p in line}
        self.pronouns = pronouns
        self.scene = pronouns.scene
        self.lands = actors.words["land"]
        self.people = best_mentions(lines)
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
        self.scene.remember(phrase)
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
        if " " in here.name and not same_name(here.name, there.name):
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
        if is_known(phrase) and is_role(other, phrase):
            named, role = merge(phrase, other)
            self.done[role.key] = role
            return named
        if is_known(other) and is_role(phrase, other):
            named, role = merge(other, phrase)
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
        if dependents(sentence, head, "cop") and not dependents(sentence, head, "case"):
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
                phrase = owned_by(phrase, self.complete((number, head)))
        return phrase

    def _is_local(self, phrase: Phrase) -> bool:
        """Tell whether where somebody stands says where he is from."""
        agent = phrase.agent
        if agent is None or agent.home is not AtHome.YES:
            return False
        return ABROAD.isdisjoint(agent.sectors)

    def _described(self, phrase: Phrase) -> Phrase:
        """Complete a description from the nearest phrase that it can describe."""
        if phrase.entry or phrase.person or phrase.refers:
            return phrase
        if phrase.noun in self.lands and phrase.definite:
            return self._land(phrase)
        if phrase.definite and not phrase.named:
            found = self.pronouns.describes(phrase)
            return self._as(phrase, found) if found else phrase
        for earlier in reversed(self.by_noun[phrase.noun][-LOOK_BACK:]):
            if not can_describe(phrase, earlier):
                continue
            there = earlier.nominal
            phrase = msgspec.structs.replace(phrase, refers=earlier.key)
            return changed(
                phrase,
                country=there.country,
                basis="coreference",
                antecedent=there.span,
            )
        return phrase

    def _as(self, phrase: Phrase, earlier: Phrase) -> Phrase:
        """Complete a description by the phrase that it goes back to."""
        here, there = phrase.nominal, earlier.nominal
        phrase = msgspec.structs.replace(phrase, refers=earlier.key)
        return changed(
            phrase,
            name=there.name,
            entity_id=there.entity_id,
            kind=there.kind,
            country=there.country or here.country,
            sectors=here.sectors or there.sectors,
            role=here.role or there.role,
            anonymous=here.anonymous and there.anonymous,
            basis=_basis(there),
            antecedent=there.span,
        )

    def _land(self, phrase: Phrase) -> Phrase:
        """Complete "the country": the nearest that does not act in the sentence."""
        number, head = phrase.key
        acting = {p.nominal.country for p in self.scene.history[number] if p.subject}
        for back in range(number, max(-1, number - LAND_BACK), -1):
            for earlier in reversed(self.scene.history[back]):
                there = earlier.nominal
                before = back < number or there.head < head
                if there.kind in LANDS and there.country and before:
                    if there.country in acting:
                        continue
                    phrase = msgspec.structs.replace(phrase, refers=earlier.key)
                    return changed(
                        phrase,
                        country=there.country,
                        basis="coreference",
                        antecedent=there.span,
                    )
        return phrase

    def _pronoun(self, phrase: Phrase) -> Phrase:
        found = self.pronouns.resolve(phrase, self.done, self.complete)
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
            basis=_basis(there),
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
        if not has_home(phrase):
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


def _basis(meant: Nominal) -> str:
    """Return the basis of what stands for another: of a mere thing nothing is known."""
    return "words" if meant.basis == "words" else "coreference"

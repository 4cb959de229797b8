"""What a report says elsewhere about whom a noun phrase names.

Phrases are taken in text order. Each is completed from what stands before it: a
surname from the full name, a description from what it describes, a pronoun from the
nearest phrase that agrees, a country from the phrase it belongs to or, for those who
are at home where the report is, from where the report is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.lexicon.actors import ActorLexicon
from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, governor, has_relation
from onrecord.understand.who_local import VAGUE, Phrase, entity_id

SENTENCES_BACK = 4  # how far a pronoun or a description reaches
GROUPS = frozenset(
    {NominalKind.GROUP, NominalKind.ORGANISATION, NominalKind.COUNTRY}
)
SUPRANATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
ABROAD = frozenset({"MIL"})  # those who may be found in other countries than their own

Key = tuple[int, int]  # sentence number, head word


class Context:
    """What is known of a report's phrases so far."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        phrases: Sequence[Sequence[Phrase]],
        quotations: Sequence[Span],
        cues: Cues,
        actors: ActorLexicon,
    ) -> None:
        self.sentences = sentences
        self.lines = phrases
        self.places = actors.words["place"]
        self.local = {key_of(p): p for line in phrases for p in line}
        self.done: dict[Key, Phrase] = {}
        self.history: list[list[Phrase]] = [[] for _ in sentences]
        self.people = _people(phrases)
        self.quotations = _by_sentence(sentences, quotations)
        self.speech = cues.verbs
        self.speaker: Phrase | None = None
        self.gender: dict[str, str] = {}
        self.home = _home(phrases)

    def complete_all(self) -> Iterator[Phrase]:
        """Yield every phrase, completed, in text order."""
        for number, line in enumerate(self.lines):
            completed = [self.complete(key_of(phrase)) for phrase in line]
            yield from (self.done[key_of(phrase)] for phrase in completed)
            self.speaker = self._said_by(number) or self.speaker

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
            phrase = self._at_home(phrase)
        self.done[key] = phrase
        self.history[key[0]].append(phrase)
        return phrase

    # -- names ------------------------------------------------------------------------

    def _surname(self, phrase: Phrase) -> Phrase:
        """Complete a person by what the report says of him elsewhere."""
        if phrase.person is None or phrase.entry is not None:
            return phrase
        full = self.people.get(phrase.person)
        if full is None or full is phrase:
            return phrase
        here, there = phrase.nominal, full.nominal
        if " " in here.name and not _same_name(here.name, there.name):
            return phrase
        return _replace(
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
        """Let a name and what stands beside it say the same."""
        number, head = key_of(phrase)
        sentence = self.sentences[number]
        other = self._beside(sentence, number, head)
        if other is None:
            return phrase
        here, there = phrase.nominal, other.nominal
        named, role = (phrase, other) if _is_named(phrase) else (other, phrase)
        if not _is_named(named) or _is_named(role) or role.agent is None:
            return phrase
        merged = _replace(
            named,
            country=named.nominal.country or role.nominal.country,
            sectors=named.nominal.sectors or role.nominal.sectors,
            role=named.nominal.role or role.nominal.span and role.nominal.name,
            basis="apposition"
            if named.nominal.country is None and role.nominal.country
            else named.nominal.basis,
        )
        if here is named.nominal:
            return merged
        self.done[key_of(other)] = merged
        return _replace(
            phrase,
            name=merged.nominal.name,
            entity_id=merged.nominal.entity_id,
            kind=merged.nominal.kind,
            country=merged.nominal.country,
            sectors=here.sectors or merged.nominal.sectors,
            anonymous=False,
            basis="apposition",
            antecedent=there.span,
        )

    def _beside(self, sentence: Sentence, number: int, head: int) -> Phrase | None:
        """Return the phrase that this one is an apposition or predicate of."""
        if has_relation(sentence.tokens[head], "appos"):
            above = governor(sentence, head)
            return self.done.get((number, above)) if above is not None else None
        if dependents(sentence, head, "cop"):
            for child in dependents(sentence, head, "nsubj"):
                return self.done.get((number, child))
        return None

    # -- countries --------------------------------------------------------------------

    def _owned(self, phrase: Phrase) -> Phrase:
        """Give a phrase the country and calling of the one it belongs to."""
        if phrase.agent is None and phrase.nominal.country:
            return phrase
        number, _ = key_of(phrase)
        for head in phrase.owners:
            if (number, head) not in self.local:
                continue
            owner = self.complete((number, head))
            if not self._may_own(phrase, owner):
                continue
            phrase = _belonging(phrase, owner)
            if phrase.nominal.country:
                return phrase
        return phrase

    def _may_own(self, phrase: Phrase, owner: Phrase) -> bool:
        """Tell whether a place that a phrase stands in says where it is from."""
        if owner.nominal.kind not in {NominalKind.PLACE, NominalKind.COUNTRY}:
            return True
        cases = self._cases(owner)
        if self.places.keys().isdisjoint(cases):
            return True
        agent = phrase.agent
        return agent is not None and agent.home and not ABROAD & set(agent.sectors)

    def _cases(self, phrase: Phrase) -> frozenset[str]:
        number, head = key_of(phrase)
        sentence = self.sentences[number]
        return frozenset(
            sentence.tokens[i].text.lower() for i in dependents(sentence, head, "case")
        )

    def _described(self, phrase: Phrase) -> Phrase:
        """Complete a description from the nearest phrase that it can describe."""
        nominal = phrase.nominal
        if nominal.basis == "apposition" or phrase.entry or _is_named(phrase):
            return phrase
        if not phrase.definite and nominal.country:
            return phrase
        for earlier in self._earlier(nominal.sentence):
            if not _describes(phrase, earlier):
                continue
            there = earlier.nominal
            return _replace(
                phrase,
                name=there.name if phrase.definite else nominal.name,
                entity_id=there.entity_id if phrase.definite else nominal.entity_id,
                kind=there.kind if phrase.definite else nominal.kind,
                country=nominal.country or there.country,
                sectors=nominal.sectors or there.sectors,
                role=nominal.role or there.role,
                anonymous=nominal.anonymous and not _is_named(earlier),
                basis="coreference",
                antecedent=there.span,
            )
        return phrase

    def _earlier(self, number: int) -> Iterator[Phrase]:
        """Yield completed phrases, the nearest first."""
        for back in range(number, max(-1, number - 40), -1):
            yield from reversed(self.history[back])

    def _at_home(self, phrase: Phrase) -> Phrase:
        """Place those who belong where the report is."""
        nominal = phrase.nominal
        agent = phrase.agent
        if nominal.country or agent is None or not agent.home:
            return phrase
        place = self._nearest_land(nominal)
        if place is None:
            return phrase
        return _replace(
            phrase,
            country=place.country,
            basis="coreference",
            antecedent=place.span,
        )

    def _nearest_land(self, nominal: Nominal) -> Nominal | None:
        return self.home

    # -- pronouns ---------------------------------------------------------------------

    def _pronoun(self, phrase: Phrase) -> Phrase:
        person, _, sort = phrase.pronoun.partition(" ")
        if person == "relative":
            found = self._relative(phrase)
        elif person == "speaker":
            found = self._speaker(phrase)
        else:
            found = self._third(phrase, sort)
        if found is None:
            return phrase
        there = found.nominal
        if sort in {"man", "woman"}:
            self.gender[there.entity_id] = sort
        return _replace(
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

    def _relative(self, phrase: Phrase) -> Phrase | None:
        """Return the phrase whose relative clause a pronoun stands in."""
        number, head = key_of(phrase)
        sentence = self.sentences[number]
        for above in (head, *ancestors(sentence, head)):
            if has_relation(sentence.tokens[above], "acl", "advcl"):
                described = governor(sentence, above)
                return self.done.get((number, described or 0))
        return None

    def _speaker(self, phrase: Phrase) -> Phrase | None:
        """Return who says "I" or "we": the speaker of the quotation."""
        nominal = phrase.nominal
        if not self._is_quoted(nominal):
            return None
        return self._said_by(nominal.sentence) or self.speaker

    def _said_by(self, number: int) -> Phrase | None:
        """Return the subject of a verb of speech outside the quotations."""
        sentence = self.sentences[number]
        for phrase in self.lines[number]:
            head = phrase.nominal.head
            above = governor(sentence, head)
            if (
                has_relation(sentence.tokens[head], "nsubj")
                and above is not None
                and sentence.tokens[above].lemma.lower() in self.speech
                and not self._is_quoted(phrase.nominal)
            ):
                return self.complete(key_of(phrase))
        return None

    def _is_quoted(self, nominal: Nominal) -> bool:
        return any(q.covers(nominal.span) for q in self.quotations[nominal.sentence])

    def _third(self, phrase: Phrase, sort: str) -> Phrase | None:
        """Return the nearest phrase that agrees, subjects before others."""
        number, head = key_of(phrase)
        speaker = None
        if self._is_quoted(phrase.nominal):
            speaker = self._said_by(number) or self.speaker
        banned = self._clause_mate(number, head)
        for back in range(number, max(-1, number - SENTENCES_BACK), -1):
            agreeing = [
                p
                for p in self.history[back]
                if self._agrees(p, sort)
                and (back < number or p.nominal.head < head)
                and key_of(p) != banned
                and not (speaker and p.nominal.entity_id == speaker.nominal.entity_id)
            ]
            subjects = [p for p in agreeing if p.subject]
            if subjects:
                return subjects[-1] if back == number else subjects[0]
            if agreeing:
                return agreeing[-1]
        return None

    def _clause_mate(self, number: int, head: int) -> Key | None:
        """Return the subject beside an object: "he met him" are two."""
        sentence = self.sentences[number]
        if not has_relation(sentence.tokens[head], "obj", "iobj", "obl"):
            return None
        above = governor(sentence, head)
        if above is None:
            return None
        return next(
            ((number, i) for i in dependents(sentence, above, "nsubj")), None
        )

    def _agrees(self, phrase: Phrase, sort: str) -> bool:
        nominal = phrase.nominal
        if sort in {"man", "woman"}:
            known = self.gender.get(nominal.entity_id, sort)
            return nominal.kind is NominalKind.PERSON and known == sort
        if nominal.pronoun and nominal.antecedent is None:
            return False
        if sort == "thing":
            return nominal.kind in GROUPS and not phrase.plural
        if sort == "group":
            return nominal.kind in GROUPS
        return False


def _replace(phrase: Phrase, **fields: object) -> Phrase:
    nominal = msgspec.structs.replace(phrase.nominal, **fields)
    return msgspec.structs.replace(phrase, nominal=nominal)


def key_of(phrase: Phrase) -> Key:
    """Return where a phrase's head stands."""
    return phrase.nominal.sentence, phrase.nominal.head


def _is_named(phrase: Phrase) -> bool:
    return phrase.entry is not None or phrase.person is not None


def _same_name(one: str, other: str) -> bool:
    """Tell whether two full names can be one person's: a first name in common."""
    return one.split()[0] == other.split()[0] or one in other or other in one


def _belonging(phrase: Phrase, owner: Phrase) -> Phrase:
    here, there = phrase.nominal, owner.nominal
    sectors = here.sectors
    vague = phrase.agent is not None and sectors in VAGUE
    if vague and there.kind not in {NominalKind.COUNTRY, NominalKind.PLACE}:
        sectors = there.sectors or sectors
    country = here.country or there.country
    basis = "modifier" if country and not here.country else here.basis
    changed = _replace(phrase, country=country, sectors=sectors, basis=basis)
    if country == here.country or _is_named(phrase):
        return changed
    return _replace(changed, entity_id=entity_id(here.name, country))


def _describes(phrase: Phrase, earlier: Phrase) -> bool:
    """Tell whether a description can go back to an earlier phrase."""
    here, there = phrase.nominal, earlier.nominal
    if there.country is None or (here.country and here.country != there.country):
        return False
    if there.pronoun:
        return False
    if earlier.entry is not None and phrase.noun in earlier.entry.called:
        return phrase.definite
    if phrase.agent is None or here.kind is NominalKind.OTHER:
        return False
    if there.role is not None and here.kind is NominalKind.PERSON:
        return phrase.definite and there.role.lower().endswith(phrase.noun)
    same = phrase.agent is earlier.agent
    return same and phrase.noun == earlier.noun and phrase.plural == earlier.plural


def _people(phrases: Sequence[Sequence[Phrase]]) -> dict[str, Phrase]:
    """Return, by surname, the mention that says most of a person."""
    found: dict[str, Phrase] = {}
    for line in phrases:
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


def _by_sentence(
    sentences: Sequence[Sentence], quotations: Sequence[Span]
) -> list[list[Span]]:
    """Return the quotations that each sentence has a part of."""
    found: list[list[Span]] = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].end <= sentence.span.start:
            first += 1
        here: list[Span] = []
        for quotation in quotations[first:]:
            if quotation.start >= sentence.span.end:
                break
            here.append(quotation)
        found.append(here)
    return found


def _home(phrases: Sequence[Sequence[Phrase]]) -> Nominal | None:
    """Return the first mention of the country that a report names most."""
    counts: Counter[str] = Counter()
    first: dict[str, Nominal] = {}
    for line in phrases:
        for phrase in line:
            country = phrase.nominal.country
            if country and country not in SUPRANATIONAL:
                counts[country] += 1
                first.setdefault(country, phrase.nominal)
    if not counts:
        return None
    return first[counts.most_common(1)[0][0]]

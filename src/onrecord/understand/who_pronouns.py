"""Whom a pronoun stands for: the nearest phrase that agrees, the speaker in quotations.

Rules, not a model: subjects come before other phrases, the same sentence before the
one before, and "he met him" are two.
"""

from collections.abc import Mapping, Sequence

from onrecord.lexicon.actors import ActorLexicon
from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, governor, has_relation
from onrecord.understand.who_phrase import Key, Phrase

SENTENCES_BACK = 5
GROUPS = frozenset({NominalKind.GROUP, NominalKind.ORGANISATION, NominalKind.COUNTRY})
SPEAKERS = GROUPS | {NominalKind.PERSON}


class Pronouns:
    """Resolves pronouns against the phrases completed so far."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        quotations: Sequence[Span],
        cues: Cues,
        actors: ActorLexicon,
    ) -> None:
        self.sentences = sentences
        self.history: list[list[Phrase]] = [[] for _ in sentences]
        self.speaker: Phrase | None = None
        self._quotations = _by_sentence(sentences, quotations)
        self._speech = cues.verbs
        self._man, self._woman = actors.words["man"], actors.words["woman"]
        self._gender: dict[str, str] = {}

    def remember(self, phrase: Phrase) -> None:
        """Add a completed phrase to those that a pronoun can stand for."""
        self.history[phrase.nominal.sentence].append(phrase)
        nominal = phrase.nominal
        if nominal.kind is NominalKind.PERSON and nominal.entity_id not in self._gender:
            gender = self._gender_of(nominal)
            if gender:
                self._gender[nominal.entity_id] = gender

    def _gender_of(self, nominal: Nominal) -> str | None:
        """Return what a person's title, role or name says of him or her."""
        sentence = self.sentences[nominal.sentence]
        words = [sentence.tokens[nominal.head].text, *(nominal.role or "").split()]
        words += [sentence.tokens[i].text for i in sentence.children[nominal.head]]
        for word in words:
            bare = word.lower().rstrip(".")
            if bare in self._man:
                return "man"
            if bare in self._woman:
                return "woman"
        return None

    def close(self, number: int) -> None:
        """Note who spoke in a sentence, for quotations that go on behind it."""
        self.speaker = self._said_by(number) or self.speaker

    def resolve(self, phrase: Phrase, done: Mapping[Key, Phrase]) -> Phrase | None:
        """Return the phrase that a pronoun stands for."""
        person, _, sort = phrase.pronoun.partition(" ")
        if person == "relative":
            return self._relative(phrase, done)
        if person == "speaker":
            said_here = self._is_quoted(phrase.nominal) and self._said_by(phrase.key[0])
            return said_here or self.speaker
        found = self._third(phrase, sort)
        if found is not None and sort in {"man", "woman"}:
            self._gender.setdefault(found.nominal.entity_id, sort)
        return found

    def _relative(self, phrase: Phrase, done: Mapping[Key, Phrase]) -> Phrase | None:
        """Return the phrase whose relative clause a pronoun stands in."""
        number, head = phrase.key
        sentence = self.sentences[number]
        for above in (head, *ancestors(sentence, head)):
            if has_relation(sentence.tokens[above], "acl", "advcl"):
                described = governor(sentence, above)
                found = None if described is None else done.get((number, described))
                return found if found is not phrase else None
        return None

    def _said_by(self, number: int) -> Phrase | None:
        """Return the subject of a verb of speech outside the quotations."""
        sentence = self.sentences[number]
        for phrase in self.history[number]:
            above = governor(sentence, phrase.nominal.head)
            if (
                above is not None
                and phrase.subject
                and phrase.nominal.kind in SPEAKERS
                and not (phrase.pronoun and phrase.refers is None)
                and sentence.tokens[above].lemma.lower() in self._speech
                and not self._is_quoted(phrase.nominal)
            ):
                return phrase
        return None

    def _is_quoted(self, nominal: Nominal) -> bool:
        return any(q.covers(nominal.span) for q in self._quotations[nominal.sentence])

    def _third(self, phrase: Phrase, sort: str) -> Phrase | None:
        number, head = phrase.key
        speaker = None
        if self._is_quoted(phrase.nominal):
            speaker = self._said_by(number) or self.speaker
        mate = self._clause_mate(number, head)
        for back in range(number, max(-1, number - SENTENCES_BACK), -1):
            agreeing = [
                p
                for p in self.history[back]
                if self._agrees(p, sort)
                and (back < number or p.nominal.head < head)
                and p.key != mate
                and not (speaker and p.nominal.entity_id == speaker.nominal.entity_id)
            ]
            subjects = [p for p in agreeing if p.subject]
            if subjects:
                return subjects[-1] if back == number else subjects[0]
            if agreeing and not (phrase.subject and back == number):
                return agreeing[-1]
        return None

    def _clause_mate(self, number: int, head: int) -> Key | None:
        """Return the subject beside an object."""
        sentence = self.sentences[number]
        if not has_relation(sentence.tokens[head], "obj", "iobj", "obl"):
            return None
        above = governor(sentence, head)
        if above is None:
            return None
        subjects = dependents(sentence, above, "nsubj")
        return (number, subjects[0]) if subjects else None

    def _agrees(self, phrase: Phrase, sort: str) -> bool:
        nominal = phrase.nominal
        if nominal.pronoun and nominal.antecedent is None:
            return False
        if sort in {"man", "woman"}:
            known = self._gender.get(nominal.entity_id, sort)
            return nominal.kind is NominalKind.PERSON and known == sort
        if nominal.kind not in GROUPS:
            return False
        return sort == "group" or not phrase.plural


def _by_sentence(
    sentences: Sequence[Sentence], quotations: Sequence[Span]
) -> list[list[Span]]:
    """Return the quotations that each sentence has a part of."""
    found: list[list[Span]] = []
    first = 0
    for sentence in sentences:
        while first < len(quotations) and quotations[first].end <= sentence.span.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last].start < sentence.span.end:
            last += 1
        found.append(list(quotations[first:last]))
    return found

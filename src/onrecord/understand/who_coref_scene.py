"""What a report has said so far, as a pronoun's reader needs it."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import dependents, governor
from onrecord.understand.who_coref_tree import (
    clauses_around,
    first_of_list,
    part_of,
    subject_of,
)
from onrecord.understand.who_phrase import Key, Phrase

OPENING = 2  # sentences: the title or the first of the report
SPEAKERS = frozenset(
    {
        NominalKind.GROUP,
        NominalKind.ORGANISATION,
        NominalKind.COUNTRY,
        NominalKind.PERSON,
    }
)


class Stand(msgspec.Struct, frozen=True):
    """Where a phrase stands.

    `clauses` are those it is in, the nearest first; `first` is the first word of its
    list; `said` tells that it is the subject of a verb of speech;
    `quotation` is where the quotation it stands in begins; `liking` whether its verb
    likes a party there (above nought) or a thing.
    """

    part: str
    clauses: tuple[int, ...]
    first: int
    said: bool
    listed: bool
    quotation: int | None
    liking: int


class Scene:
    """The phrases completed so far, who spoke, how often each was spoken of."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        lines: Sequence[Sequence[Phrase]],
        quotations: Sequence[Span],
        kit: Kit,
    ) -> None:
        self.sentences = sentences
        self.lines = lines
        self.history: list[list[Phrase]] = [[] for _ in sentences]
        self.speaker: Phrase | None = None
        self.counts: dict[str, int] = defaultdict(int)
        self.gender: dict[str, str] = {}
        self._opening: set[str] = set()
        self._called: dict[str, list[Phrase]] = defaultdict(list)
        self._quotations = by_sentence(sentences, quotations)
        self._beside: dict[int, list[int]] = defaultdict(list)
        for number, near in enumerate(self._quotations):
            for quotation in near:
                self._beside[quotation.start].insert(0, number)
        self._speech = kit.cues.verbs
        self._titles = kit.actors.words
        self._words = kit.coreference.words
        self._likings = kit.coreference.likings
        self._stands: dict[Key, Stand] = {}
        self._subjects: dict[Key, int | None] = {}

    def remember(self, phrase: Phrase) -> None:
        """Add a completed phrase to those that a pronoun can stand for."""
        nominal = phrase.nominal
        self.history[nominal.sentence].append(phrase)
        self.counts[nominal.entity_id] += 1
        if not phrase.pronoun:
            for noun in _calling(phrase):
                self._called[noun].append(phrase)
        if nominal.sentence < OPENING:
            self._opening.add(nominal.entity_id)
        if nominal.kind is NominalKind.PERSON and nominal.entity_id not in self.gender:
            gender = self._gender_of(nominal)
            if gender:
                self.gender[nominal.entity_id] = gender

    def _gender_of(self, nominal: Nominal) -> str | None:
        """Return what a person's title, role or name says of him or her."""
        sentence = self.sentences[nominal.sentence]
        words = [sentence.tokens[nominal.head].text, *(nominal.role or "").split()]
        words += [sentence.tokens[i].text for i in sentence.children[nominal.head]]
        for word in words:
            bare = word.lower().rstrip(".")
            if bare in self._titles["man"]:
                return "man"
            if bare in self._titles["woman"]:
                return "woman"
        first, *rest = nominal.name.lower().split()
        if rest:
            sorts = (sort for sort in ("man", "woman") if first in self._words[sort])
            return next(sorts, None)
        return None

    def called(self, noun: str) -> Sequence[Phrase]:
        """Return the phrases so far that a noun can go back to."""
        return self._called.get(noun, ())

    def opens(self, phrase: Phrase) -> bool:
        """Tell whether the report begins with who a phrase names."""
        return phrase.nominal.entity_id in self._opening

    def same_verb(self, one: Phrase, other: Phrase) -> bool:
        """Tell whether two phrases hang on the same word, wherever it stands."""
        return self._verb(one) == self._verb(other)

    def _verb(self, phrase: Phrase) -> str | None:
        number, head = phrase.key
        sentence = self.sentences[number]
        above = governor(sentence, head)
        return None if above is None else sentence.tokens[above].lemma

    def is_reflexive(self, pronoun: Phrase) -> bool:
        """Tell whether a pronoun stands for the subject of its own clause."""
        return pronoun.noun in self._words["reflexive"]

    def stand(self, phrase: Phrase) -> Stand:
        """Return where a phrase stands; worked out once."""
        key = phrase.key
        found = self._stands.get(key)
        if found is None:
            found = self._stands[key] = self._stand(phrase)
        return found

    def _stand(self, phrase: Phrase) -> Stand:
        number, head = phrase.key
        sentence = self.sentences[number]
        first = first_of_list(sentence, head)
        clauses = clauses_around(sentence, first)
        above = sentence.tokens[clauses[0]].lemma.lower() if clauses else ""
        part = part_of(sentence, head)
        return Stand(
            part=part,
            clauses=clauses,
            first=first,
            said=part == "subject" and above in self._speech,
            listed=first != head or bool(dependents(sentence, head, "conj")),
            quotation=self.quotation(phrase.nominal),
            liking=self._liking(sentence, first, part),
        )

    def subject_by(self, phrase: Phrase) -> int | None:
        """Return the subject of the clause that a phrase stands in."""
        key = phrase.key
        if key not in self._subjects:
            clauses = self.stand(phrase).clauses
            sentence = self.sentences[key[0]]
            self._subjects[key] = subject_of(sentence, clauses[0]) if clauses else None
        return self._subjects[key]

    def _liking(self, sentence: Sentence, head: int, part: str) -> int:
        above = governor(sentence, head)
        if above is None:
            return 0
        return self._likings.get((part, sentence.tokens[above].lemma.lower()), 0)

    def quotation(self, nominal: Nominal) -> int | None:
        """Return where the quotation that a phrase stands in begins."""
        for quotation in self._quotations[nominal.sentence]:
            if quotation.covers(nominal.span):
                return quotation.start
        return None

    def close(self, number: int) -> None:
        """Note who spoke in a sentence, for quotations that go on behind it."""
        self.speaker = self._talker(number, self.history) or self.speaker

    def speaker_at(self, nominal: Nominal) -> Key | None:
        """Return who speaks the quotation that a phrase stands in, by key.

        The subject of a verb of speech beside the quotation, even behind it; else
        whoever spoke last.
        """
        start = self.quotation(nominal)
        if start is None:
            return None
        for number in self._beside[start]:
            talker = self._talker(number, self.lines)
            if talker is not None:
                return talker.key
        return self.speaker.key if self.speaker else None

    def _talker(self, number: int, lines: Sequence[Sequence[Phrase]]) -> Phrase | None:
        """Return the subject of a verb of speech outside the quotations."""
        for phrase in lines[number]:
            if not phrase.subject:
                continue
            stand = self.stand(phrase)
            loose = phrase.pronoun and lines is self.history and phrase.refers is None
            able = phrase.pronoun or phrase.nominal.kind in SPEAKERS
            if stand.said and stand.quotation is None and able and not loose:
                return phrase
        return None


def _calling(phrase: Phrase) -> set[str]:
    """Return the nouns by which a report may go back to a phrase."""
    nouns = {phrase.noun, phrase.nominal.name.lower().split()[-1]}
    if phrase.entry is not None:
        nouns.update(phrase.entry.called)
    if phrase.nominal.role:
        nouns.update(phrase.nominal.role.lower().split())
    return nouns


def by_sentence(
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

"""What the words of one noun phrase say about whom it names, without its context."""

import datetime as dt

from onrecord.lexicon.actor_entries import ActorEntry, Office, Sense, Use
from onrecord.lexicon.actors import ActorLexicon, Match, surname_of
from onrecord.lexicon.gazetteer import Gazetteer, PlaceEntry, PlaceKind
from onrecord.model.annotation import NominalKind, Sentence
from onrecord.model.tree import dependents, has_relation
from onrecord.understand.who_build import PhraseBuilder
from onrecord.understand.who_names import name_around
from onrecord.understand.who_phrase import Phrase
from onrecord.understand.who_tree import phrase_heads, phrase_tokens

NAMED = (Use.NAME, Use.SURNAME, Use.PEOPLE, Use.SEAT, Use.CAPITAL)
TITLE_JOINTS = ("flat", "appos", "nmod:desc", "compound", "dep", "list")
BEFORE_NAME = frozenset({"DET", "PRON", "PUNCT", "CCONJ"})
FULL_STOP = "."
WELL_KNOWN = 100_000  # inhabitants of a town that a report need not explain
PRONOUN_KINDS = {
    "person": NominalKind.PERSON,
    "man": NominalKind.PERSON,
    "woman": NominalKind.PERSON,
    "group": NominalKind.GROUP,
}


def read_phrases(
    number: int,
    sentence: Sentence,
    text: str,
    date: dt.date | None,
    actors: ActorLexicon,
    gazetteer: Gazetteer,
) -> list[Phrase]:
    """Return the noun phrases of a sentence, each resolved by its own words."""
    reader = _Reader(number, sentence, text, date, actors, gazetteer)
    names = reader.names
    heads = phrase_heads(sentence, names.by_head.keys() | names.tag_heads)
    return [
        reader.read(i) for i in heads if i not in names.by_word or i in names.by_head
    ]


class _Reader(PhraseBuilder):
    """Reads the phrases of one sentence."""

    def read(self, head: int) -> Phrase:
        token = self.sentence.tokens[head]
        if token.upos in {"PRON", "DET"}:
            value = self.actors.words["pronoun"].get(token.text.lower())
            if value:
                return self._pronoun(head, value)
        match = self.names.by_head.get(head)
        if match is not None:
            return self._known(head, match)
        tag = self.names.tags.get(head)
        name = self._person_of(head)
        if isinstance(name, Match):
            tokens = self.around(head, name.start, name.end)
            return self._official(head, tokens, name.senses[0].entry)
        if name is not None:
            return self._person(head, name)
        agent = self.agent_at(head)
        if tag is not None and tag[1] == "LOC" and agent is None:
            return self._place(head, tag[0])
        return self._described(head, tag[0] if tag else None, agent)

    def _pronoun(self, head: int, value: str) -> Phrase:
        sort = value.rpartition(" ")[2]
        kind = PRONOUN_KINDS.get(sort, NominalKind.OTHER)
        words = range(head, head + 1)
        name = self.words(words).lower()
        nominal = self.nominal(head, words, kind, name, "words", pronoun=True)
        return self.phrase(head, nominal, pronoun=value)

    def _known(self, head: int, match: Match) -> Phrase:
        tokens = self.around(head, match.start, match.end)
        sense = self._sense(head, match)
        entry = sense.entry
        if entry.kind is NominalKind.PERSON:
            return self._official(head, tokens, entry)
        city = sense.use is Use.CAPITAL and not self.acts(head)
        kind = NominalKind.PLACE if city else entry.kind
        words = self.words(range(match.start, match.end))
        nominal = self.nominal(
            head,
            tokens,
            kind,
            words if city else entry.name,
            "lexicon",
            entry=None if city else entry,
            country=entry.country,
            sectors=() if city else entry.sectors,
        )
        return self.phrase(head, nominal, entry=entry, named=True)

    def _sense(self, head: int, match: Match) -> Sense:
        """Choose how a form is meant: beside a noun a land's adjective describes."""
        beside = has_relation(self.sentence.tokens[head], "amod", "compound")
        order = (Use.ADJECTIVE, *NAMED) if beside else (*NAMED, Use.ADJECTIVE)
        sense = min(match.senses, key=lambda s: order.index(s.use))
        if sense.use is Use.SEAT and not self.acts(head):
            return match.sense(Use.CAPITAL) or sense
        return sense

    def _official(self, head: int, tokens: range, entry: ActorEntry) -> Phrase:
        office = entry.office_on(self.date)
        nominal = self.nominal(
            head,
            tokens,
            NominalKind.PERSON,
            entry.name,
            "lexicon",
            entry=entry,
            country=office.country if office else entry.country,
            sectors=office.sectors if office else (),
            role=role_on(office, self.date, self.actors) if office else None,
        )
        person = surname_of(entry.name)
        return self.phrase(head, nominal, entry=entry, person=person, named=True)

    def _person_of(self, head: int) -> range | Match | None:
        """Return the personal name in a phrase: at its head, or behind a title."""
        tag = self.names.tags.get(head)
        if tag is not None and tag[1] == "PER":
            return tag[0]
        title = self.names.agents.get(head)
        if title is None:
            return None
        for child in dependents(self.sentence, head, *TITLE_JOINTS):
            below = self.names.tags.get(child)
            match = self.names.by_head.get(child)
            if match and match.senses[0].entry.kind is NominalKind.PERSON:
                if match.start == title.end:
                    return match
            elif below and below[1] == "PER" and below[0].start == title.end:
                return below[0]
        return None

    def _person(self, head: int, name: range) -> Phrase:
        name = self._without_title(name)
        tokens = self.around(head, name.start, name.stop)
        title = self._title(tokens, name)
        country = self.modifier(tokens, name.start)
        last = self.sentence.tokens[name[-1]].text.lower()
        if title is not None and len(name) == 1:
            entry = self._holder(last, title, country)
            if entry is not None:
                return self._official(head, tokens, entry)
        nominal = self.nominal(
            head,
            tokens,
            NominalKind.PERSON,
            self.words(name),
            "modifier" if country else "agent" if title else "words",
            country=country,
            sectors=self.sectors(title, tokens) if title else (),
            role=self.words(range(title.start, title.end)) if title else None,
        )
        agent = _entry(title)
        return self.phrase(head, nominal, agent=agent, person=last, named=True)

    def _without_title(self, name: range) -> range:
        """Return a tagged name without role nouns and abbreviations before it."""
        start = name.start
        while start < name.stop - 1 and (
            start in self.names.agents or self._is_abbreviation(start)
        ):
            start += 1
        return range(start, name.stop)

    def _is_abbreviation(self, word: int) -> bool:
        text = self.sentence.tokens[word].text
        bare = text.rstrip(FULL_STOP).lower()
        words = self.actors.words
        return bare in words["man"] or bare in words["woman"]

    def _title(self, tokens: range, name: range) -> Match | None:
        """Return the role noun nearest before a name, else the one behind it."""
        before = range(name.start - 1, tokens.start - 1, -1)
        after = range(name.stop, tokens.stop)
        found = (self.names.agents.get(i) for i in (*before, *after))
        return next(filter(None, found), None)

    def _holder(
        self, last: str, title: Match, country: str | None
    ) -> ActorEntry | None:
        """Return who of this surname held the office on the day: "Secretary Kerry".

        None where two did, as two ministers of one name: who is meant is not guessed.
        """
        noun = self.sentence.tokens[title.end - 1].text.lower()
        fit = []
        for entry in self.actors.surnames.get(last, ()):
            office = entry.office_on(self.date)
            if office is None or self.date is None:
                continue
            left = office.until is not None and office.until <= self.date
            called = noun in office.role.lower().split()
            if called and not left and country in {None, office.country}:
                fit.append(entry)
        return fit[0] if len(fit) == 1 else None

    def _place(self, head: int, words: range) -> Phrase:
        name = self.words(words)
        tokens = self.around(head, words.start, words.stop)
        country = self.modifier(tokens, head)
        found = () if country else self.gazetteer.lookup(name)
        nominal = self.nominal(
            head,
            tokens,
            NominalKind.PLACE,
            name,
            "lexicon" if found else "modifier" if country else "words",
            country=country,
        )
        lands = tuple(dict.fromkeys(p.country for p in found if p.country))
        likely = bool(found) and _is_well_known(found[0])
        return self.phrase(head, nominal, named=True, lands=lands, likely=likely)

    def _described(
        self, head: int, tagged: range | None, agent: Match | None
    ) -> Phrase:
        tokens = phrase_tokens(self.sentence, head)
        entry = _entry(agent)
        country = self.modifier(tokens, head)
        proper = self.sentence.tokens[head].upos == "PROPN"
        named = tagged is not None or (proper and entry is None)
        kind = entry.kind if entry else NominalKind.OTHER
        if named:
            words = tagged or name_around(self.sentence, head)
            tokens = self.around(head, words.start, words.stop)
            name = self.words(words)
            kind = NominalKind.ORGANISATION if tagged else kind
        else:
            name = self.words(self._without_determiner(tokens, head))
        if kind is NominalKind.PERSON and self.is_plural(head):
            kind = NominalKind.GROUP
        nominal = self.nominal(
            head,
            tokens,
            kind,
            name,
            "modifier" if country else "agent" if entry else "words",
            country=country,
            sectors=self.sectors(agent, tokens) if agent else (),
            role=self.words(range(agent.start, agent.end))
            if agent and kind is NominalKind.PERSON
            else None,
            anonymous=self.is_anonymous(head, entry),
        )
        return self.phrase(head, nominal, agent=entry, named=named)

    def _without_determiner(self, tokens: range, head: int) -> range:
        """Leave out a determiner or possessive pronoun at the beginning."""
        start = tokens.start
        while start < head and self.sentence.tokens[start].upos in BEFORE_NAME:
            start += 1
        return range(start, tokens.stop)


def _entry(match: Match | None) -> ActorEntry | None:
    return match.senses[0].entry if match else None


def _is_well_known(place: PlaceEntry) -> bool:
    return place.kind is not PlaceKind.TOWN or place.population >= WELL_KNOWN


def role_on(office: Office, date: dt.date | None, actors: ActorLexicon) -> str:
    """Return the role of an office on a day, marked as left once it was left."""
    if date and office.until and office.until <= date:
        return f"{next(iter(actors.words['former']))} {office.role}"
    return office.role

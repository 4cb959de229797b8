"""What the words of one noun phrase say about whom it names, without its context."""

import datetime as dt
from collections.abc import Iterable

from onrecord.lexicon.actor_entries import ActorEntry, Anonymous, Office, Sense, Use
from onrecord.lexicon.actors import ActorLexicon, Match, surname_of
from onrecord.lexicon.gazetteer import Gazetteer, PlaceEntry, PlaceKind
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_names import Names, find_names, name_around
from onrecord.understand.who_phrase import Phrase, entity_id
from onrecord.understand.who_tree import (
    as_span,
    phrase_heads,
    phrase_tokens,
    top_of,
)

NAMED = (Use.NAME, Use.SURNAME, Use.PEOPLE, Use.SEAT, Use.CAPITAL)
TITLE_JOINTS = ("flat", "appos", "nmod:desc", "compound", "dep", "list")
HYPHENS = frozenset("-‑–")
FULL_STOP = "."
WELL_KNOWN = 100_000  # inhabitants of a town that a report need not explain
# Sectors that say little: another word in the phrase may say more ("army chief").
VAGUE = frozenset({("GOV",), ("ELI",), (), ("MIL",), ("PTY",)})
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
    names = find_names(sentence, actors)
    reader = _Reader(number, sentence, text, date, actors, gazetteer, names)
    heads = phrase_heads(sentence, names.by_head.keys() | names.tag_heads)
    return [
        reader.read(i) for i in heads if i not in names.by_word or i in names.by_head
    ]


class _Reader:
    """Reads the phrases of one sentence."""

    def __init__(
        self,
        number: int,
        sentence: Sentence,
        text: str,
        date: dt.date | None,
        actors: ActorLexicon,
        gazetteer: Gazetteer,
        names: Names,
    ) -> None:
        self.number = number
        self.sentence = sentence
        self.text = text
        self.date = date
        self.actors = actors
        self.gazetteer = gazetteer
        self.names = names

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
            tokens = self._around(head, name.start, name.end)
            return self._official(head, tokens, name.senses[0].entry)
        if name is not None:
            return self._person(head, name)
        agent = self._agent(head)
        if tag is not None and tag[1] == "LOC" and agent is None:
            return self._place(head, tag[0])
        return self._described(head, tag[0] if tag else None, agent)

    def _around(self, head: int, start: int, stop: int) -> range:
        """Return the words of a phrase, together with those of a name in it."""
        tokens = phrase_tokens(self.sentence, head)
        return range(min(tokens.start, start), max(tokens.stop, stop))

    def _words(self, tokens: range) -> str:
        return as_span(self.sentence, tokens).of(self.text)

    # -- pronouns and known names

    def _pronoun(self, head: int, value: str) -> Phrase:
        sort = value.rpartition(" ")[2]
        kind = PRONOUN_KINDS.get(sort, NominalKind.OTHER)
        words = range(head, head + 1)
        name = self._words(words).lower()
        nominal = self._nominal(head, words, kind, name, "words", pronoun=True)
        return self._phrase(head, nominal, pronoun=value)

    def _known(self, head: int, match: Match) -> Phrase:
        tokens = self._around(head, match.start, match.end)
        sense = self._sense(head, match)
        entry = sense.entry
        if entry.kind is NominalKind.PERSON:
            return self._official(head, tokens, entry)
        city = sense.use is Use.CAPITAL and not self._acts(head)
        kind = NominalKind.PLACE if city else entry.kind
        words = self._words(range(match.start, match.end))
        nominal = self._nominal(
            head,
            tokens,
            kind,
            words if city else entry.name,
            "lexicon",
            entry=None if city else entry,
            country=entry.country,
            sectors=() if city else entry.sectors,
        )
        return self._phrase(head, nominal, entry=entry, named=True)

    def _sense(self, head: int, match: Match) -> Sense:
        """Choose how a form is meant: beside a noun a land's adjective describes."""
        beside = has_relation(self.sentence.tokens[head], "amod", "compound")
        order = (Use.ADJECTIVE, *NAMED) if beside else (*NAMED, Use.ADJECTIVE)
        sense = min(match.senses, key=lambda s: order.index(s.use))
        if sense.use is Use.SEAT and not self._acts(head):
            return match.sense(Use.CAPITAL) or sense
        return sense

    def _acts(self, head: int) -> bool:
        return is_actor_position(self.sentence, head, self.actors)

    def _official(self, head: int, tokens: range, entry: ActorEntry) -> Phrase:
        office = entry.office_on(self.date)
        nominal = self._nominal(
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
        return self._phrase(head, nominal, entry=entry, person=person, named=True)

    # -- people

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
        tokens = self._around(head, name.start, name.stop)
        title = self._title(tokens, name)
        country = self._modifier(tokens, name.start)
        last = self.sentence.tokens[name[-1]].text.lower()
        if title is not None and len(name) == 1:
            entry = self._holder(last, title, country)
            if entry is not None:
                return self._official(head, tokens, entry)
        nominal = self._nominal(
            head,
            tokens,
            NominalKind.PERSON,
            self._words(name),
            "modifier" if country else "agent" if title else "words",
            country=country,
            sectors=self._sectors(title, tokens) if title else (),
            role=self._words(range(title.start, title.end)) if title else None,
        )
        agent = _entry(title)
        return self._phrase(head, nominal, agent=agent, person=last, named=True)

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
        """Return who of this surname held the office on the day: "Secretary Kerry"."""
        noun = self.sentence.tokens[title.end - 1].text.lower()
        for entry in self.actors.surnames.get(last, ()):
            office = entry.office_on(self.date)
            if office is None or self.date is None:
                continue
            left = office.until is not None and office.until <= self.date
            called = noun in office.role.lower().split()
            if called and not left and country in {None, office.country}:
                return entry
        return None

    # -- places and everything else

    def _place(self, head: int, words: range) -> Phrase:
        name = self._words(words)
        tokens = self._around(head, words.start, words.stop)
        country = self._modifier(tokens, head)
        found = () if country else self.gazetteer.lookup(name)
        nominal = self._nominal(
            head,
            tokens,
            NominalKind.PLACE,
            name,
            "lexicon" if found else "modifier" if country else "words",
            country=country,
        )
        lands = tuple(dict.fromkeys(p.country for p in found if p.country))
        likely = bool(found) and _is_well_known(found[0])
        return self._phrase(head, nominal, named=True, lands=lands, likely=likely)

    def _agent(self, head: int) -> Match | None:
        """Return the role noun that a word heads."""
        match = self.names.agents.get(head)
        if match is None:
            return None
        words = range(match.start, match.end)
        return match if head in {top_of(self.sentence, words), words[-1]} else None

    def _described(
        self, head: int, tagged: range | None, agent: Match | None
    ) -> Phrase:
        tokens = phrase_tokens(self.sentence, head)
        entry = _entry(agent)
        country = self._modifier(tokens, head)
        proper = self.sentence.tokens[head].upos == "PROPN"
        named = tagged is not None or (proper and entry is None)
        kind = entry.kind if entry else NominalKind.OTHER
        if named:
            words = tagged or name_around(self.sentence, head)
            tokens = self._around(head, words.start, words.stop)
            name = self._words(words)
            kind = NominalKind.ORGANISATION if tagged else kind
        else:
            name = self._words(self._without_determiner(tokens))
        if kind is NominalKind.PERSON and self._is_plural(head):
            kind = NominalKind.GROUP
        nominal = self._nominal(
            head,
            tokens,
            kind,
            name,
            "modifier" if country else "agent" if entry else "words",
            country=country,
            sectors=self._sectors(agent, tokens) if agent else (),
            role=self._words(range(agent.start, agent.end))
            if agent and kind is NominalKind.PERSON
            else None,
            anonymous=self._is_anonymous(head, entry),
        )
        return self._phrase(head, nominal, agent=entry, named=named)

    def _without_determiner(self, tokens: range) -> range:
        """Leave out a determiner or possessive pronoun at the beginning."""
        words = self.sentence.tokens
        start = tokens.start
        while start < tokens.stop - 1 and (
            words[start].upos in {"DET", "PRON", "PUNCT", "CCONJ"}
        ):
            start += 1
        return range(start, tokens.stop)

    def _sectors(self, agent: Match, tokens: range) -> tuple[str, ...]:
        """Return the sectors of a role noun, or of a clearer one before it."""
        own = agent.senses[0].entry.sectors
        if own not in VAGUE:
            return own
        for i in range(agent.start - 1, tokens.start - 1, -1):
            other = self.names.agents.get(i)
            if other is not None and other.senses[0].entry.sectors not in VAGUE:
                return other.senses[0].entry.sectors
        return own

    def _modifier(self, tokens: range, before: int) -> str | None:
        """Return the country of the nearest name before a word of the phrase."""
        for i in range(before - 1, tokens.start - 1, -1):
            match = self.names.by_word.get(i)
            if match is not None and not self._is_backing(match):
                return self._country(match.senses[0].entry)
        return None

    def _is_backing(self, match: Match) -> bool:
        """Tell whether a name is joined to a participle: "Russia-backed"."""
        tokens = self.sentence.tokens
        if match.end + 1 >= len(tokens) or tokens[match.end].text not in HYPHENS:
            return False
        return tokens[match.end + 1].text.islower()

    def _country(self, entry: ActorEntry) -> str | None:
        office = entry.office_on(self.date)
        return office.country if office else entry.country

    def _is_plural(self, head: int) -> bool:
        return self.sentence.tokens[head].xpos in {"NNS", "NNPS"}

    def _is_definite(self, head: int) -> bool:
        definite = self.actors.words["definite"]
        return any(
            self.sentence.tokens[i].text.lower() in definite
            or self.sentence.tokens[i].deprel == "nmod:poss"
            for i in self.sentence.children[head]
        )

    def _is_foreign(self, head: int) -> bool:
        """Tell whether a phrase is of no one country: "Western", "foreign"."""
        words = self.actors.words["foreign"]
        tokens = self.sentence.tokens
        return any(
            tokens[i].text.lower() in words and i not in self.names.agents
            for i in self.sentence.children[head]
        )

    def _is_anonymous(self, head: int, agent: ActorEntry | None) -> bool:
        if agent is None or agent.anonymous is Anonymous.NO:
            return False
        return agent.anonymous is Anonymous.YES or not self._is_definite(head)

    # -- building

    def _nominal(
        self,
        head: int,
        tokens: range,
        kind: NominalKind,
        name: str,
        basis: str,
        *,
        entry: ActorEntry | None = None,
        country: str | None = None,
        sectors: tuple[str, ...] = (),
        role: str | None = None,
        anonymous: bool = False,
        pronoun: bool = False,
    ) -> Nominal:
        return Nominal(
            sentence=self.number,
            head=head,
            span=as_span(self.sentence, tokens),
            kind=kind,
            name=name,
            entity_id=entry.entry_id if entry else entity_id(name, country),
            basis=basis,
            country=country,
            sectors=sectors,
            role=role,
            anonymous=anonymous,
            pronoun=pronoun,
        )

    def _phrase(
        self,
        head: int,
        nominal: Nominal,
        *,
        entry: ActorEntry | None = None,
        agent: ActorEntry | None = None,
        person: str | None = None,
        named: bool = False,
        lands: tuple[str, ...] = (),
        likely: bool = False,
        pronoun: str = "",
    ) -> Phrase:
        token = self.sentence.tokens[head]
        belongs, stands = self.actors.words["belongs"], self.actors.words["stands"]
        loose = entry is None and not pronoun
        return Phrase(
            nominal=nominal,
            noun=token.text.lower(),
            entry=entry,
            agent=agent,
            person=person,
            named=named,
            lands=lands,
            likely=likely,
            owners=tuple(self._owners(head, belongs)) if loose else (),
            places=tuple(self._behind(head, stands)) if loose else (),
            pronoun=pronoun,
            definite=self._is_definite(head),
            plural=self._is_plural(head),
            subject=has_relation(token, "nsubj"),
            foreign=self._is_foreign(head),
        )

    def _owners(self, head: int, words: Iterable[str]) -> Iterable[int]:
        """Yield the heads of phrases that this one belongs to."""
        for child in self.sentence.children[head]:
            relation = self.sentence.tokens[child].deprel
            if relation in {"nmod:poss", "compound", "amod", "nmod:desc"}:
                yield child
        yield from self._behind(head, words)

    def _behind(self, head: int, words: Iterable[str]) -> Iterable[int]:
        """Yield the heads of phrases joined by a preposition of `words`."""
        tokens = self.sentence.tokens
        for child in dependents(self.sentence, head, "nmod"):
            cases = dependents(self.sentence, child, "case")
            if any(tokens[c].text.lower() in words for c in cases):
                yield child


def _entry(match: Match | None) -> ActorEntry | None:
    return match.senses[0].entry if match else None


def _is_well_known(place: PlaceEntry) -> bool:
    return place.kind is not PlaceKind.TOWN or place.population >= WELL_KNOWN


def role_on(office: Office, date: dt.date | None, actors: ActorLexicon) -> str:
    """Return the role of an office on a day, marked as left once it was left."""
    if date and office.until and office.until <= date:
        return f"{next(iter(actors.words['former']))} {office.role}"
    return office.role


def is_actor_position(sentence: Sentence, head: int, actors: ActorLexicon) -> bool:
    """Tell whether a place's name stands for who rules there, not for the ground."""
    token = sentence.tokens[head]
    places = actors.words["place"]
    cases = dependents(sentence, head, "case")
    if any(sentence.tokens[c].text.lower() in places for c in cases):
        return False
    if has_relation(token, "conj"):
        above = governor(sentence, head)
        return (
            above is not None
            and above < head
            and is_actor_position(sentence, above, actors)
        )
    return has_relation(token, "nsubj", "obj", "iobj", "nmod", "obl")

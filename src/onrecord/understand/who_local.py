"""What the words of one noun phrase say about whom it names, without its context."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.lexicon.actor_entries import ActorEntry, Anonymous, Office, Sense, Use
from onrecord.lexicon.actors import ActorLexicon, Match
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.ids import content_id
from onrecord.model.span import Span
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_phrases import (
    as_span,
    name_around,
    phrase_heads,
    phrase_tokens,
    tagged_names,
    top_of,
)

NAMING = (Use.NAME, Use.SURNAME, Use.SEAT, Use.CAPITAL)
MODIFYING = (Use.ADJECTIVE, *NAMING, Use.PEOPLE)
TITLE_JOINTS = ("flat", "appos", "nmod:desc", "compound", "dep", "list")
HYPHENS = frozenset("-‑–")
KINDS_OF_TAG = {"PER": NominalKind.PERSON, "ORG": NominalKind.ORGANISATION}
# Sectors that say little: a word of another sector before them says more ("army chief").
VAGUE = frozenset({("GOV",), ("ELI",), (), ("MIL",), ("PTY",)})


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A nominal as far as it is known, and what is needed to know more.

    `noun` is its head word in lower case; `owners` are the heads of phrases that it
    may belong to, nearest first. `agent` is its role noun's entry, `entry` that of its
    name. `person` is the last part of a person's name.
    """

    nominal: Nominal
    noun: str
    entry: ActorEntry | None = None
    agent: ActorEntry | None = None
    owners: tuple[int, ...] = ()
    person: str | None = None
    pronoun: str = ""
    definite: bool = False
    plural: bool = False
    subject: bool = False


class Names(msgspec.Struct, frozen=True):
    """The names and role nouns of one sentence, by word and by head word."""

    by_word: Mapping[int, Match]
    by_head: Mapping[int, Match]
    agents: Mapping[int, Match]
    tags: Mapping[int, tuple[range, str]]


def read_phrases(
    number: int,
    sentence: Sentence,
    text: str,
    date: dt.date | None,
    actors: ActorLexicon,
    gazetteer: Gazetteer,
) -> tuple[Phrase, ...]:
    """Return the noun phrases of a sentence, each resolved by its own words."""
    names = find_names(sentence, actors)
    reader = _Reader(number, sentence, text, date, actors, gazetteer, names)
    heads = phrase_heads(sentence, names.by_head)
    covered = {i for i in names.by_word if i not in names.by_head}
    return tuple(reader.read(i) for i in heads if i not in covered)


def find_names(sentence: Sentence, actors: ActorLexicon) -> Names:
    """Return the known names and role nouns of a sentence."""
    tags = tagged_names(sentence)
    found, nouns = actors.find([t.text for t in sentence.tokens])
    agents = {i: m for m in nouns for i in range(m.start, m.end)}
    kept = [m for m in found if not _is_other_person(sentence, m, tags, agents)]
    return Names(
        {i: m for m in kept for i in range(m.start, m.end)},
        {top_of(sentence, range(m.start, m.end)): m for m in kept},
        agents,
        tags,
    )


def _is_other_person(
    sentence: Sentence,
    match: Match,
    tags: Mapping[int, tuple[range, str]],
    agents: Mapping[int, Match],
) -> bool:
    """Tell whether a name is but a part of somebody's longer name ("Jim Jordan")."""
    tag = tags.get(match.start)
    if tag and tag[1] == "PER":
        before = range(tag[0].start, match.start)
        after = range(match.end, tag[0].stop)
        if any(i not in agents for i in before) or after:
            return match.sense(Use.NAME) is None or len(tag[0]) > 1 + len(before)
    if match.sense(Use.SURNAME) is None or match.start == 0:
        return False
    word = sentence.tokens[match.start - 1]
    joined = governor(sentence, match.start - 1) == match.start or has_relation(
        sentence.tokens[match.start], "flat"
    )
    return word.upos == "PROPN" and joined and match.start - 1 not in agents and not tag


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
        word = token.text.lower()
        value = self.actors.words["pronoun"].get(word)
        if value and token.upos in {"PRON", "DET"}:
            return self._pronoun(head, value)
        match = self.names.by_head.get(head)
        if match is not None:
            return self._known(head, match)
        tag = self.names.tags.get(head)
        person = self._person_of(head, tag)
        if person is not None:
            return self._person(head, person)
        agent = self._agent(head)
        if tag is not None and tag[1] == "LOC" and agent is None:
            return self._place(head, tag[0])
        return self._described(head, tag[0] if tag else None, agent)

    # -- pronouns --------------------------------------------------------------

    def _pronoun(self, head: int, value: str) -> Phrase:
        span = self.sentence.tokens[head].span
        name = span.of(self.text)
        kind = {
            "speaker person": NominalKind.PERSON,
            "third man": NominalKind.PERSON,
            "third woman": NominalKind.PERSON,
            "speaker group": NominalKind.GROUP,
            "third group": NominalKind.GROUP,
        }.get(value, NominalKind.OTHER)
        nominal = self._nominal(head, span, kind, name.lower(), "words", pronoun=True)
        return self._phrase(head, nominal, pronoun=value)

    # -- names of the lexicon ----------------------------------------------------

    def _known(self, head: int, match: Match) -> Phrase:
        tokens = phrase_tokens(self.sentence, head)
        sense = self._sense(head, match)
        entry = sense.entry
        if entry.kind is NominalKind.PERSON:
            return self._official(head, tokens, sense)
        span = as_span(self.sentence, self._with_name(tokens, match))
        kind = self._kind(head, sense)
        city = kind is NominalKind.PLACE and sense.use is Use.CAPITAL
        words = as_span(self.sentence, range(match.start, match.end))
        nominal = self._nominal(
            head,
            span,
            kind,
            words.of(self.text) if city else entry.name,
            "lexicon",
            entry=None if city else entry,
            country=entry.country,
            sectors=entry.sectors,
        )
        return self._phrase(head, nominal, entry=entry)

    def _with_name(self, tokens: range, match: Match) -> range:
        return range(min(tokens.start, match.start), max(tokens.stop, match.end))

    def _sense(self, head: int, match: Match) -> Sense:
        """Choose how a form is meant: a land's people act, its adjective describes."""
        argument = not has_relation(self.sentence.tokens[head], "amod", "compound")
        uses = (Use.NAME, Use.SURNAME, Use.PEOPLE, Use.SEAT, Use.CAPITAL)
        order = (*uses, Use.ADJECTIVE) if argument else (Use.ADJECTIVE, *uses)
        return match.sense(*order[:1]) or next(
            s for use in order for s in match.senses if s.use is use
        )

    def _kind(self, head: int, sense: Sense) -> NominalKind:
        """Return the kind of what is named; a capital that does not act is a place."""
        if sense.use is not Use.CAPITAL:
            return sense.entry.kind
        acts = is_actor_position(self.sentence, head, self.actors)
        return NominalKind.COUNTRY if acts else NominalKind.PLACE

    def _official(self, head: int, tokens: range, sense: Sense) -> Phrase:
        entry = sense.entry
        office = entry.office_on(self.date)
        role = role_on(office, self.date, self.actors) if office else None
        country = office.country if office else entry.country
        span = as_span(self.sentence, tokens)
        nominal = self._nominal(
            head,
            span,
            NominalKind.PERSON,
            entry.name,
            "lexicon",
            entry=entry,
            country=country,
            sectors=office.sectors if office else (),
            role=role,
        )
        person = entry.name.split()[-1].lower()
        return self._phrase(head, nominal, entry=entry, person=person)

    # -- other names -------------------------------------------------------------

    def _person_of(
        self, head: int, tag: tuple[range, str] | None
    ) -> range | Match | None:
        """Return the personal name in a phrase: at its head, or behind a title."""
        if tag and tag[1] == "PER":
            return tag[0]
        if head not in self.names.agents:
            return None
        for child in dependents(self.sentence, head, *TITLE_JOINTS):
            near = 0 < child - self.names.agents[head].end + 1 <= 2
            if child < head or not (near or child == head + 1):
                continue
            match = self.names.by_head.get(child)
            if match and match.senses[0].entry.kind is NominalKind.PERSON:
                return match
            below = self.names.tags.get(child)
            if below and below[1] == "PER":
                return below[0]
        return None

    def _person(self, head: int, name: range | Match) -> Phrase:
        tokens = phrase_tokens(self.sentence, head)
        if isinstance(name, Match):
            whole = self._with_name(tokens, name)
            return self._official(head, whole, name.senses[0])
        words = self._strip_title(name)
        tokens = range(min(tokens.start, words.start), max(tokens.stop, words.stop))
        title = self._title(tokens, words)
        country = self._modifier(tokens, words.start)
        text = as_span(self.sentence, words).of(self.text)
        nominal = self._nominal(
            head,
            as_span(self.sentence, tokens),
            NominalKind.PERSON,
            text,
            "modifier" if country else "agent" if title else "words",
            country=country,
            sectors=self._sectors(title, tokens, words.start) if title else (),
            role=self._role(title),
        )
        last = self.sentence.tokens[words[-1]].text.lower()
        agent = self._entry(title)
        return self._phrase(head, nominal, agent=agent, person=last)

    def _strip_title(self, name: range) -> range:
        """Return a tagged name without a role noun at its beginning."""
        start = name.start
        while start < name.stop - 1 and start in self.names.agents:
            start += 1
        return range(start, name.stop)

    def _title(self, tokens: range, name: range) -> Match | None:
        """Return the role noun before a name, else the one behind it."""
        before = [self.names.agents.get(i) for i in range(tokens.start, name.start)]
        after = [self.names.agents.get(i) for i in range(name.stop, tokens.stop)]
        return next(filter(None, [*reversed(before), *after]), None)

    def _role(self, title: Match | None) -> str | None:
        if title is None:
            return None
        return as_span(self.sentence, range(title.start, title.end)).of(self.text)

    def _place(self, head: int, words: range) -> Phrase:
        name = as_span(self.sentence, words).of(self.text)
        places = self.gazetteer.lookup(name)
        tokens = phrase_tokens(self.sentence, head)
        country = places[0].country if places else None
        country = country or self._modifier(tokens, words.start)
        nominal = self._nominal(
            head,
            as_span(self.sentence, tokens),
            NominalKind.PLACE,
            name,
            "lexicon" if places else "words",
            country=country,
        )
        return self._phrase(head, nominal)

    # -- everything else ---------------------------------------------------------

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
        country = self._modifier(tokens, agent.start if agent else head)
        country = country or self._modifier(tokens, head)
        entry = self._entry(agent)
        proper = self.sentence.tokens[head].upos == "PROPN"
        name = self._words(tokens)
        kind = entry.kind if entry else NominalKind.OTHER
        if tagged or (proper and entry is None):
            words = tagged or name_around(self.sentence, head)
            kind = NominalKind.ORGANISATION if tagged else kind
            name = as_span(self.sentence, words).of(self.text)
        plural = self._is_plural(head)
        if kind is NominalKind.PERSON and plural:
            kind = NominalKind.GROUP
        nominal = self._nominal(
            head,
            as_span(self.sentence, tokens),
            kind,
            name,
            "modifier" if country else "agent" if entry else "words",
            country=country,
            sectors=self._sectors(agent, tokens, agent.start) if agent else (),
            role=self._role(agent) if kind is NominalKind.PERSON else None,
            anonymous=self._is_anonymous(head, entry),
        )
        return self._phrase(head, nominal, agent=entry)

    def _words(self, tokens: range) -> str:
        """Return the phrase without its determiner or possessive pronoun."""
        start = tokens.start
        while (
            start < tokens.stop - 1
            and self.sentence.tokens[start].upos in {"DET", "PRON", "PUNCT", "CCONJ"}
            and self.sentence.tokens[start + 1].upos != "PART"
        ):
            start += 1
        return as_span(self.sentence, range(start, tokens.stop)).of(self.text)

    def _entry(self, agent: Match | None) -> ActorEntry | None:
        return agent.senses[0].entry if agent else None

    def _sectors(self, agent: Match, tokens: range, start: int) -> tuple[str, ...]:
        """Return the sectors of a role noun, or of a clearer one before it."""
        own = agent.senses[0].entry.sectors
        if own not in VAGUE:
            return own
        for i in range(start - 1, tokens.start - 1, -1):
            other = self.names.agents.get(i)
            if other and other.senses[0].entry.sectors not in VAGUE:
                return other.senses[0].entry.sectors
        return own

    def _modifier(self, tokens: range, before: int) -> str | None:
        """Return the country of the nearest name before a word of the phrase."""
        for i in range(before - 1, tokens.start - 1, -1):
            match = self.names.by_word.get(i)
            if match and not self._is_backing(match):
                return self._country(match)
        return None

    def _is_backing(self, match: Match) -> bool:
        """Tell whether a name is joined to a participle: "Russia-backed"."""
        tokens = self.sentence.tokens
        if match.end + 1 >= len(tokens) or tokens[match.end].text not in HYPHENS:
            return False
        return tokens[match.end + 1].text.islower()

    def _country(self, match: Match) -> str | None:
        sense = match.sense(*MODIFYING)
        if sense is None:
            return None
        office = sense.entry.office_on(self.date)
        return office.country if office else sense.entry.country

    def _is_plural(self, head: int) -> bool:
        return self.sentence.tokens[head].xpos in {"NNS", "NNPS"}

    def _is_definite(self, head: int) -> bool:
        definite = self.actors.words["definite"]
        return any(
            self.sentence.tokens[i].text.lower() in definite
            or has_relation(self.sentence.tokens[i], "nmod:poss")
            for i in self.sentence.children[head]
        )

    def _is_anonymous(self, head: int, agent: ActorEntry | None) -> bool:
        if agent is None or agent.anonymous is Anonymous.NO:
            return False
        return agent.anonymous is Anonymous.YES or not self._is_definite(head)

    # -- building ----------------------------------------------------------------

    def _nominal(
        self,
        head: int,
        span: Span,
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
            span=span,
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
        pronoun: str = "",
    ) -> Phrase:
        token = self.sentence.tokens[head]
        return Phrase(
            nominal=nominal,
            noun=token.text.lower(),
            entry=entry,
            agent=agent,
            owners=tuple(self._owners(head)) if not (entry or pronoun) else (),
            person=person,
            pronoun=pronoun,
            definite=self._is_definite(head),
            plural=self._is_plural(head),
            subject=has_relation(token, "nsubj"),
        )

    def _owners(self, head: int) -> Iterable[int]:
        """Yield the heads of phrases that this one may belong to."""
        belongs = self.actors.words["belongs"]
        yield from dependents(self.sentence, head, "nmod:poss")
        for child in dependents(self.sentence, head, "nmod"):
            cases = dependents(self.sentence, child, "case")
            if any(self.sentence.tokens[c].text.lower() in belongs for c in cases):
                yield child


def entity_id(name: str, country: str | None) -> str:
    """Return the id of what no entry knows: the same name, the same thing."""
    return content_id("ent", name.lower(), country)


def role_on(office: Office, date: dt.date | None, actors: ActorLexicon) -> str:
    """Return the role of an office on a day, with "former" once it was left."""
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
        return above is not None and above < head and is_actor_position(
            sentence, above, actors
        )
    return has_relation(token, "nsubj", "obj", "iobj", "nmod:poss", "obl", "nmod")

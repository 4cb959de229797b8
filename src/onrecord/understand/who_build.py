"""Build the phrases of one sentence: what its words say of one phrase."""

import datetime as dt
from collections.abc import Iterable

from onrecord.lexicon.actor_entries import ActorEntry, Anonymous
from onrecord.lexicon.actors import ActorLexicon, Match
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.annotation import Nominal, NominalKind, Sentence
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_names import find_names
from onrecord.understand.who_phrase import VAGUE, Phrase, entity_id
from onrecord.understand.who_tree import as_span, phrase_tokens, top_of

HYPHENS = frozenset("-‑–")


class PhraseBuilder:
    """Knows one sentence, its names and its role nouns."""

    def __init__(
        self,
        number: int,
        sentence: Sentence,
        text: str,
        date: dt.date | None,
        actors: ActorLexicon,
        gazetteer: Gazetteer,
    ) -> None:
        self.number = number
        self.sentence = sentence
        self.text = text
        self.date = date
        self.actors = actors
        self.gazetteer = gazetteer
        self.names = find_names(sentence, actors)

    def around(self, head: int, start: int, stop: int) -> range:
        """Return the words of a phrase, together with those of a name in it."""
        tokens = phrase_tokens(self.sentence, head)
        return range(min(tokens.start, start), max(tokens.stop, stop))

    def words(self, tokens: range) -> str:
        return as_span(self.sentence, tokens).of(self.text)

    def acts(self, head: int) -> bool:
        return is_actor_position(self.sentence, head, self.actors)

    def agent_at(self, head: int) -> Match | None:
        """Return the role noun that a word heads."""
        match = self.names.agents.get(head)
        if match is None:
            return None
        words = range(match.start, match.end)
        return match if head in {top_of(self.sentence, words), words[-1]} else None

    def sectors(self, agent: Match, tokens: range) -> tuple[str, ...]:
        """Return the sectors of a role noun, or of a clearer one before it."""
        own = agent.senses[0].entry.sectors
        if own not in VAGUE:
            return own
        for i in range(agent.start - 1, tokens.start - 1, -1):
            other = self.names.agents.get(i)
            if other is not None and other.senses[0].entry.sectors not in VAGUE:
                return other.senses[0].entry.sectors
        return own

    def modifier(self, tokens: range, before: int) -> str | None:
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

    def is_plural(self, head: int) -> bool:
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

    def is_anonymous(self, head: int, agent: ActorEntry | None) -> bool:
        if agent is None or agent.anonymous is Anonymous.NO:
            return False
        return agent.anonymous is Anonymous.YES or not self._is_definite(head)

    def nominal(
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

    def phrase(
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
            plural=self.is_plural(head),
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

"""Tell which phrase a marked pronoun stands for, by chains or by events' parties."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bench.quality.chains import (
    Chain,
    Chained,
    chain_at,
    has_antecedent,
    is_pronoun,
    mark,
)
from onrecord.model.annotation import NominalKind, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import tokens_in
from onrecord.understand.who_coref_tree import part_of
from onrecord.understand.who_phrase import Key, Phrase
from onrecord.understand.who_tree import top_of

# Whether a phrase, or nobody, is meant; None where the annotators do not say.
IsRight = Callable[[Phrase | None], bool | None]
Judge = Callable[[Phrase], IsRight | None]


def judge_by_chains(chained: Chained, sentences: Sequence[Sentence]) -> Judge:
    """Return who tells, by a text's chains, what a pronoun stands for.

    GUM marks no adjectives ("Ukrainian"): whether one is meant is not known.
    """
    pronouns, by_head = mark(chained, sentences)
    text = chained.document.text

    def chain_of(phrase: Phrase) -> Chain | None:
        if phrase.pronoun:
            marked = pronouns.get(phrase.nominal.span.start)
            return marked.chain if marked else None
        return chain_at(phrase.nominal, by_head)

    def is_in(chain: Chain, phrase: Phrase | None) -> bool | None:
        if phrase is None:
            return False
        if chain_of(phrase) is chain:
            return True
        number, head = phrase.key
        return None if part_of(sentences[number], head) == "adjective" else False

    def judge(pronoun: Phrase) -> IsRight | None:
        if not pronoun.pronoun:
            return _judge_description(pronoun, chain_at(pronoun.nominal, by_head))
        marked = pronouns.get(pronoun.nominal.span.start)
        if marked is None or not has_antecedent(marked, text):
            return lambda phrase: phrase is None
        return lambda phrase: is_in(marked.chain, phrase)

    def _judge_description(described: Phrase, chain: Chain | None) -> IsRight | None:
        if chain is None:
            return None
        start = described.nominal.span.start
        earlier = any(
            s.end <= start and not is_pronoun(s.of(text)) for s in chain.spans
        )
        if not earlier:
            return lambda phrase: phrase is None
        return lambda phrase: is_in(chain, phrase)

    return judge


def judge_by_parties(
    text: str, events: Sequence[Mapping[str, Any]], sentences: Sequence[Sentence]
) -> Judge:
    """Return who tells, by the parties that an annotator named, whom one stands for."""
    named: dict[Key, str] = {}
    for event in events:
        at = text.find(event["sentence"])
        if at < 0:
            continue
        for party in _parties(event):
            key = _place(event["sentence"], at, party["text"], sentences)
            if key is not None:
                named[key] = party["is"]

    def judge(pronoun: Phrase) -> IsRight | None:
        name = named.get(pronoun.key)
        if name is None:
            return None
        return lambda phrase: phrase is not None and _is(phrase, name, named)

    return judge


def _parties(event: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for role in ("actor", "recipient", "by"):
        yield from (p for p in event.get(role) or () if p.get("text") and p.get("is"))


def _place(
    sentence: str, at: int, words: str, sentences: Sequence[Sentence]
) -> Key | None:
    """Return the head word of a party whose words stand once in a sentence."""
    padded = f" {sentence} "
    starts = [
        i - 1
        for i in range(1, len(padded) - len(words))
        if padded.startswith(words, i)
        and not padded[i - 1].isalnum()
        and not padded[i + len(words)].isalnum()
    ]
    if len(starts) != 1:
        return None
    span = Span(at + starts[0], at + starts[0] + len(words))
    for number, one in enumerate(sentences):
        if one.span.start <= span.start < one.span.end:
            tokens = tokens_in(one, span)
            if not tokens:
                return None
            return number, top_of(one, range(tokens[0], tokens[-1] + 1))
    return None


def _is(phrase: Phrase, name: str, named: Mapping[Key, str]) -> bool:
    """Tell whether a phrase is who an annotator named so."""
    marked = named.get(phrase.key)
    if marked is not None:
        return marked == name
    here = phrase.nominal
    if here.name.lower() == name.lower():
        return True
    person = here.kind is NominalKind.PERSON and phrase.person is not None
    return person and name.lower().split()[-1] == phrase.person

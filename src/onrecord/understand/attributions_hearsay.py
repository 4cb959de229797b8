"""Find hearsay: words that put something on the word of nobody named.

"Reportedly", "allegedly", "is said to have", "is accused of". The words themselves
stand for the source, so speaker and cue have the same range; there is no statement to
record, only a source that the events inside do not have by name.
"""

from collections.abc import Iterable

from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import (
    Act,
    Attribution,
    Form,
    Nominal,
    NominalKind,
    Sentence,
)
from onrecord.model.ids import content_id
from onrecord.model.span import Span
from onrecord.model.tree import (
    dependents,
    governor,
    has_relation,
    longest_run,
    subtree,
)

REPORTED = ("xcomp", "ccomp", "csubj", "obl", "advcl")


def find_hearsay_sources(
    number: int, sentence: Sentence, cues: Cues
) -> Iterable[Attribution]:
    """Yield an attribution to an unnamed source for each word of hearsay."""
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() in cues.evidential_adverbs:
            yield from _adverb(number, sentence, i)
        elif (
            token.upos == "VERB"
            and token.lemma.lower() in cues.evidential_passives
            and has_relation(token, "root", "conj", "ccomp", "acl:relcl", "parataxis")
        ):
            yield from _passive(number, sentence, i, cues)


def is_hearsay(attribution: Attribution) -> bool:
    """Tell whether an attribution names nobody: its cue is all there is."""
    return attribution.speaker.span == attribution.cue


def _adverb(number: int, sentence: Sentence, token: int) -> Iterable[Attribution]:
    verb = governor(sentence, token)
    if verb is None:
        return
    joined = frozenset(
        i
        for i in dependents(sentence, verb, "conj", "parataxis")
        if dependents(sentence, i, "nsubj") and i > token
    )
    words = [i for i in subtree(sentence, verb, without=joined) if i != token]
    yield from _source(number, sentence, token, sentence.tokens[token].span, words)


def _passive(
    number: int, sentence: Sentence, token: int, cues: Cues
) -> Iterable[Attribution]:
    auxiliaries = dependents(sentence, token, "aux:pass")
    if not auxiliaries or _has_agent(sentence, token, cues):
        return
    first = sentence.tokens[auxiliaries[-1]]
    verb = sentence.tokens[token]
    for child in dependents(sentence, token, *REPORTED):
        if child > token and not has_relation(sentence.tokens[child], "obl:tmod"):
            words = subtree(sentence, child)
            span = Span(first.start, verb.end)
            yield from _source(number, sentence, token, span, words)
            return


def _has_agent(sentence: Sentence, token: int, cues: Cues) -> bool:
    return any(
        has_relation(sentence.tokens[child], "obl:agent")
        or any(
            sentence.tokens[c].lemma.lower() in cues.agent_prepositions
            for c in dependents(sentence, child, "case")
        )
        for child in dependents(sentence, token, "obl")
    )


def _source(
    number: int, sentence: Sentence, token: int, cue: Span, words: Iterable[int]
) -> Iterable[Attribution]:
    content = longest_run(sentence, tuple(words))
    if content is None:
        return
    name = " ".join(
        t.text.lower()
        for t in sentence.tokens
        if cue.start <= t.start and t.end <= cue.end
    )
    yield Attribution(
        sentence=number,
        cue_token=token,
        cue=cue,
        speaker=Nominal(
            sentence=number,
            head=token,
            span=cue,
            kind=NominalKind.OTHER,
            name=name,
            entity_id=content_id("ent", name),
            basis="words",
            anonymous=True,
        ),
        content=(content,),
        act=Act.REPORT,
        form=Form.INDIRECT,
        rule=f"cues/hearsay.{sentence.tokens[token].lemma.lower()}",
    )

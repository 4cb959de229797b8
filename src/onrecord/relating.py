"""Read the sentences of a pair of spans and say how they relate."""

from onrecord.code.relate import relate as relate_sentences
from onrecord.lexicon.kit import Kit
from onrecord.lexicon.relations import Relations
from onrecord.model.annotation import Sentence
from onrecord.model.relation import Pair, Relation
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.reader import Reader
from onrecord.understand.sentences import split_sentences


def relate(
    pair: Pair, *, kit: Kit, relations: Relations, reader: Reader, cache: SentenceCache
) -> Relation:
    """Return what the actor of a pair does to its recipient."""
    sentences = read_sentences(pair, reader=reader, cache=cache)
    return relate_sentences(pair, sentences, kit=kit, relations=relations)


def read_sentences(
    pair: Pair, *, reader: Reader, cache: SentenceCache
) -> tuple[Sentence, ...]:
    """Return the sentence that holds both spans, else those that hold either.

    All sentences of the text where the pair names neither.
    """
    cuts = split_sentences(pair.text)
    spans = [span for span in (pair.actor, pair.recipient) if span is not None]
    touched = [[cut.span.overlaps(span) for span in spans] for cut in cuts]
    chosen = [
        [cut for cut, over in zip(cuts, touched, strict=True) if wanted(over)]
        for wanted in (all, any)
    ]
    read = cuts if not spans else chosen[0][:1] or chosen[1] or cuts
    return parse(pair.text, tuple(read), reader=reader, cache=cache)

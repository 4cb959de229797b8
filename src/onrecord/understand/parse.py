"""Read sentences: syntax, names and proposals, each sentence text read once a run."""

from collections import OrderedDict
from collections.abc import Sequence

from onrecord.model.annotation import Sentence, Token
from onrecord.understand.reader import Reader, Reading
from onrecord.understand.sentences import SentenceCut

CACHE_SENTENCES = 50_000  # about 200 MB; re-runs of a story come within days
MAX_LETTERS = 10_000  # of a sentence that is kept; one "word" may have ten million

Words = tuple[str, ...]


class SentenceCache:
    """Readings of sentences by their words; the least recently used go first.

    A reading depends on the words alone, so a cached one equals a fresh one.
    """

    def __init__(self, size: int = CACHE_SENTENCES) -> None:
        self._size = size
        self._readings: OrderedDict[Words, Reading] = OrderedDict()

    def read(self, sentences: Sequence[Words], reader: Reader) -> list[Reading]:
        """Return a reading of each sentence, asking `reader` only for new ones."""
        new = list(dict.fromkeys(s for s in sentences if s not in self._readings))
        fresh = dict(zip(new, reader.read(new), strict=True)) if new else {}
        found = [fresh[s] if s in fresh else self._recall(s) for s in sentences]
        self._readings.update(
            (words, reading)
            for words, reading in fresh.items()
            if sum(map(len, words)) <= MAX_LETTERS
        )
        while len(self._readings) > self._size:
            self._readings.popitem(last=False)
        return found

    def _recall(self, words: Words) -> Reading:
        self._readings.move_to_end(words)
        return self._readings[words]


def parse(
    text: str,
    cuts: Sequence[SentenceCut],
    *,
    reader: Reader,
    cache: SentenceCache,
) -> tuple[Sentence, ...]:
    """Return the sentences of `text` with their words analysed."""
    words = [tuple(span.of(text) for span in cut.tokens) for cut in cuts]
    readings = cache.read(words, reader)
    return tuple(
        _sentence(cut, cut_words, reading)
        for cut, cut_words, reading in zip(cuts, words, readings, strict=True)
    )


def _sentence(cut: SentenceCut, words: Words, reading: Reading) -> Sentence:
    tokens = tuple(
        Token(span.start, span.end, word, *analysis)
        for span, word, *analysis in zip(
            cut.tokens,
            words,
            reading.upos,
            reading.xpos,
            reading.lemma,
            reading.head,
            reading.deprel,
            reading.name_tag,
            strict=True,
        )
    )
    return Sentence(
        span=cut.span,
        paragraph=cut.paragraph,
        tokens=tokens,
        triggers=reading.triggers,
        cues=reading.cues,
    )

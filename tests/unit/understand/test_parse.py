"""Each sentence is read once, and hostile ones are not kept."""

from collections.abc import Sequence

from onrecord.understand.parse import MAX_LETTERS, SentenceCache
from onrecord.understand.reader import Reading


class Counting:
    """A reader that counts the sentences it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        self.asked += [tuple(words) for words in sentences]
        return [_reading(words) for words in sentences]


def _reading(words: Sequence[str]) -> Reading:
    x = ("X",) * len(words)
    return Reading(
        upos=x, xpos=x, lemma=tuple(words), head=(0,) * len(words), deprel=x, name_tag=x
    )


def test_a_sentence_is_read_once() -> None:
    reader, cache = Counting(), SentenceCache()
    first = cache.read([("They", "left"), ("They", "left")], reader)
    assert cache.read([("They", "left")], reader) == first[:1]
    assert reader.asked == [("They", "left")]


def test_the_oldest_sentence_is_forgotten() -> None:
    reader, cache = Counting(), SentenceCache(2)
    for word in "abca":
        cache.read([(word,)], reader)
    assert reader.asked == [("a",), ("b",), ("c",), ("a",)]


def test_a_sentence_of_a_giant_word_is_read_and_not_kept() -> None:
    reader, cache = Counting(), SentenceCache()
    giant = ("a" * (MAX_LETTERS + 1),)
    assert cache.read([giant, ("b",)], reader)[0].lemma == giant
    cache.read([giant, ("b",)], reader)
    assert reader.asked == [giant, ("b",), giant]

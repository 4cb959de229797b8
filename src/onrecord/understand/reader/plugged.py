"""A parser of another package, with what only our own reader proposes."""

from collections.abc import Sequence

import msgspec

from onrecord.errors import OnRecordError
from onrecord.plugins import Plugin, failed
from onrecord.understand.reader.reading import Reader, Reading

WORD_LAYERS = ("upos", "xpos", "lemma", "head", "deprel", "name_tag")


class PluggedReader:
    """Syntax and names as a plug-in reads them; events and statements as ours does.

    What the plug-in proposes of its own, events or cues, is taken instead. Raises
    `PluginError` for a reading that is no tree over the sentence's words.
    """

    def __init__(self, plugin: Plugin, theirs: Reader, own: Reader) -> None:
        self._plugin = plugin
        self._theirs = theirs
        self._own = own

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Return one reading for each sentence of words, in order."""
        try:
            given = list(self._theirs.read(sentences))
            if len(given) != len(sentences):
                raise ValueError(f"{len(given)} readings of {len(sentences)} sentences")
            for words, reading in zip(sentences, given, strict=True):
                _check(words, reading)
        except OnRecordError:
            raise
        except Exception as err:
            raise failed(self._plugin, err) from err
        own = self._own.read(sentences)
        return [_joined(one, other) for one, other in zip(given, own, strict=True)]


def _joined(theirs: Reading, own: Reading) -> Reading:
    if theirs.triggers or theirs.cues:
        return theirs
    return msgspec.structs.replace(theirs, triggers=own.triggers, cues=own.cues)


def _check(words: Sequence[str], reading: Reading) -> None:
    """Raise `ValueError` unless every word has a value in every layer, in one tree."""
    if not isinstance(reading, Reading):
        raise TypeError(f"gave {type(reading).__name__}, not Reading")
    for layer in WORD_LAYERS:
        if len(getattr(reading, layer)) != len(words):
            raise ValueError(f"{layer} is not one for each of {len(words)} words")
    heads = reading.head
    if sum(head == 0 for head in heads) != 1:
        raise ValueError("a sentence has not one root")
    for at in range(len(heads)):
        seen: set[int] = set()
        word = at + 1
        while word:
            if word in seen or not 0 < word <= len(heads):
                raise ValueError("the heads of a sentence are no tree")
            seen.add(word)
            word = heads[word - 1]

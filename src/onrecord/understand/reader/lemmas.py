"""Find the lemma of a word: a table of seen words, then endings.

The table comes from the treebanks the model was trained on. An ending may be
taken off only to reach a lemma the table knows for that part of speech; for new
verbs and nouns the regular endings are trusted.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

_VOWELS = "aeiou"
_SIBILANTS = ("sses", "shes", "ches", "xes", "zes")
_MIN_STEM = 2  # letters a word keeps when an ending goes
_DOUBLED = "bdgmnprt"  # consonants that double before an ending ("planned")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table as it is written: UPOS to word to lemma."""

    words: Mapping[str, Mapping[str, str]]
    known: Mapping[str, tuple[str, ...]]


class Lemmas(msgspec.Struct, frozen=True):
    """Lemmas by part of speech and lower-case word; known lemmas by UPOS."""

    words: Mapping[str, Mapping[str, str]]
    known: Mapping[str, frozenset[str]]

    def find(self, word: str, upos: str) -> str:
        """Return the lemma of `word` read as `upos`."""
        low = word.lower()
        seen = self.words.get(upos, {}).get(low)
        if seen is not None:
            return word if upos == "PROPN" and seen.lower() == low else seen
        if upos == "PROPN":
            return word
        known = self.known.get(upos, frozenset())
        if low in known:
            return low
        stems = list(_stems(low, upos))
        for stem in stems:
            if stem in known:
                return stem
        return stems[0] if stems and upos in {"VERB", "NOUN"} else low


def load_lemmas(path: Path) -> Lemmas:
    """Read the table that training wrote."""
    listed = msgspec.json.decode(path.read_bytes(), type=_File)
    known = {upos: frozenset(lemmas) for upos, lemmas in listed.known.items()}
    return Lemmas(words=listed.words, known=known)


def _stems(word: str, upos: str) -> Iterator[str]:
    """Yield what a word may be built on, the likeliest first."""
    match upos:
        case "VERB" | "AUX":
            yield from _verb_stems(word)
        case "NOUN":
            yield from _noun_stems(word)
        case "ADJ" | "ADV":
            yield from _compared_stems(word)


def _verb_stems(word: str) -> Iterator[str]:
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) - 3 >= _MIN_STEM:
            yield word[:-3] + "y"
            return
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            yield from _bare_stems(word[: -len(ending)])
            return
    if word.endswith(_SIBILANTS):
        yield word[:-2]
        yield word[:-1]
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def _bare_stems(stem: str) -> Iterator[str]:
    """Yield a verb's stem undoubled, with e, or as it stands."""
    if len(stem) > _MIN_STEM and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
        yield stem[:-1]
        yield stem
    elif _takes_e(stem):
        yield stem + "e"
        yield stem
    else:
        yield stem
        yield stem + "e"


def _takes_e(stem: str) -> bool:
    """Tell whether a stem likely lost an e ("creat", "realiz", "forc", "mov")."""
    if stem.endswith(("at", "iz", "yz", "c", "v", "u", "dg", "ng", "ur", "uc", "ut")):
        return not stem.endswith(("ing", "ang", "ong", "eat", "oat", "our"))
    return stem.endswith(("is", "as", "us", "os", "ir", "id", "od", "ak", "ok")) and (
        len(stem) > 2 and stem[-3] not in _VOWELS
    )


def _noun_stems(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) - 3 >= _MIN_STEM:
        yield word[:-3] + "y"
    elif word.endswith(_SIBILANTS):
        yield word[:-2]
        yield word[:-1]
    elif word.endswith("men") and len(word) > 5:
        yield word[:-3] + "man"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]


def _compared_stems(word: str) -> Iterator[str]:
    for ending in ("est", "er"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            yield stem + "e"
            yield stem
            yield stem[:-1]
            return

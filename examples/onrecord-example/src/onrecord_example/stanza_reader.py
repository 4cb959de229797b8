"""Stanza's parser (Qi et al. 2020) as a reader.

Its English models have to be there (`stanza.download("en")`); nothing is fetched here.
"""

from collections.abc import Sequence

from onrecord import Reading

# OntoNotes' kinds of names -> those of the reader; others name no party or place.
KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
OUTSIDE = "O"


class StanzaReader:
    """Reads sentences whose words are given."""

    def __init__(self) -> None:
        import stanza

        self._pipeline = stanza.Pipeline(
            "en",
            processors="tokenize,pos,lemma,depparse,ner",
            tokenize_pretokenized=True,
            download_method=None,
            verbose=False,
        )

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Return one reading for each sentence of words, in order."""
        if not sentences:
            return []
        document = self._pipeline([list(words) for words in sentences])
        return [_reading(sentence) for sentence in document.sentences]


def make_reader() -> StanzaReader:
    """Open Stanza's English pipeline."""
    return StanzaReader()


def _reading(sentence: object) -> Reading:
    words = sentence.words
    return Reading(
        upos=tuple(word.upos for word in words),
        xpos=tuple(word.xpos or "" for word in words),
        lemma=tuple(word.lemma or word.text for word in words),
        head=tuple(word.head for word in words),
        deprel=tuple(word.deprel for word in words),
        name_tag=tuple(_tag(token.ner) for token in sentence.tokens),
    )


def _tag(ner: str | None) -> str:
    """Return a tag of one kind with B and I, from Stanza's B, I, E and S."""
    place, _, kind = (ner or OUTSIDE).partition("-")
    if kind not in KINDS:
        return OUTSIDE
    return f"{'B' if place in 'BS' else 'I'}-{KINDS[kind]}"

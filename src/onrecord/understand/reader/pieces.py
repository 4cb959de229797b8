"""Cut single words into word pieces of the model's vocabulary."""

from pathlib import Path

from tokenizers import Tokenizer

from onrecord.understand.reader.encode import MAX_WORD_PIECES

MAX_REMEMBERED = 200_000  # words whose pieces are kept; a report has a few thousand
MAX_LETTERS = 200  # of a word that are cut; a longer word is not remembered


class WordPieces:
    """Word pieces by word, remembered: news repeats its words."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._seen: dict[str, tuple[int, ...]] = {}
        self.cls_id = _id_of(tokenizer, "[CLS]")
        self.sep_id = _id_of(tokenizer, "[SEP]")
        self._unknown = (_id_of(tokenizer, "[UNK]"),)

    @classmethod
    def load(cls, path: Path) -> "WordPieces":
        """Open a tokenizer file in the format of the tokenizers library."""
        return cls(Tokenizer.from_file(str(path)))

    def ids(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's first pieces; never empty."""
        known = self._seen.get(word)
        if known is not None:
            return known
        encoded = self._tokenizer.encode(
            word[:MAX_LETTERS], add_special_tokens=False
        ).ids
        pieces = tuple(encoded[:MAX_WORD_PIECES]) or self._unknown
        if len(self._seen) < MAX_REMEMBERED and len(word) <= MAX_LETTERS:
            self._seen[word] = pieces
        return pieces


def _id_of(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ValueError(f"the vocabulary lacks {token}")
    return int(found)

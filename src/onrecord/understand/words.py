"""A sentence's tokens cut finer: what the grammars of times and numbers read.

Readers of other makers keep "mid-February", "3-5" or "10am" in one token; here they
always come apart, so that a grammar sees one shape whatever the tokenizer.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from onrecord.model.annotation import Sentence

T = TypeVar("T")
MAX_PHRASE = 5  # pieces of the longest form in the word tables
_PIECE = re.compile(
    r"""
      \d{2,4} ['’]? s (?!\w)                                # 1990s
    | ['’] \d\d s? (?!\w)                                   # '99
    | \d++ (?: [.,:/] \d++ )*+ (?: (?:st|nd|rd|th) (?!\w) )?+   # 1,200  14:00  29th
    | [^\W\d_]++ (?: [.'’] [^\W\d_]++ )*+ \.?+              # Jan.  a.m.  o'clock
    | ['’] [^\W\d_]++                                       # 's
    | \w | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Word(msgspec.Struct, frozen=True, gc=False):
    """One piece of a token.

    `low` is in lower case with straight apostrophes and, for letters, without full
    stops. `token` is the 0-based token it comes from; `glued` says that no blank
    stands before it.
    """

    start: int
    end: int
    text: str
    low: str
    token: int
    glued: bool

    @property
    def is_digit(self) -> bool:
        """Tell whether it begins with an ASCII digit."""
        return "0" <= self.text[0] <= "9"

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.text[0].isupper()


Words = tuple[Word, ...]


def split_words(sentence: Sentence) -> Words:
    """Return the pieces of a sentence's tokens, in order."""
    words: list[Word] = []
    last_end = -1
    for index, token in enumerate(sentence.tokens):
        whole = token.text
        if whole.isalpha():  # most are, and the pattern leaves them whole
            glued = token.start == last_end
            word = Word(token.start, token.end, whole, whole.lower(), index, glued)
            words.append(word)
            last_end = token.end
            continue
        for match in _PIECE.finditer(whole):
            text = match.group()
            low = text.lower().replace("’", "'")
            if low[0].isalpha():
                low = low.replace(".", "")
            start = token.start + match.start()
            end = token.start + match.end()
            words.append(Word(start, end, text, low, index, start == last_end))
            last_end = end
    return tuple(words)


def match_phrase(words: Words, at: int, table: Mapping[str, T]) -> tuple[int, T] | None:
    """Return the end and value of the longest form of `table` that begins at `at`."""
    best: tuple[int, T] | None = None
    form = ""
    for end in range(at, min(len(words), at + MAX_PHRASE)):
        word = words[end]
        form += word.low if word.glued or not form else " " + word.low
        value = table.get(form)
        if value is not None:
            best = end + 1, value
    return best


def low_at(words: Words, at: int) -> str:
    """Return the lower-case form at `at`, "" outside the sentence."""
    return words[at].low if 0 <= at < len(words) else ""

"""Cut a text into paragraphs, paragraphs into sentences, sentences into words."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.model.span import Span
from onrecord.understand.tokens import cut
from onrecord.understand.wordlists import WordLists, load_word_lists

MAX_TOKENS = 200  # words of the longest sentence we hand on; longer ones are cut
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x85]+")
_STOP = re.compile(r"(?:[.!?…]|\.{2,}|[!?]{2,}|…+\.?)\Z")
_HARD_STOP = re.compile(r"(?:[!?]+|。)\Z")
_CHUNK = 24  # code points looked at for a capital
_BREAK = frozenset({";", ":", ",", "–", "—", "--", "-"})
_CLOSERS = frozenset({'"', "”", "’", "''", "’’", "'", ")", "]", "»", "›", "}"})
_OPENERS = frozenset({'"', "“", "‘", "``", "'", "(", "[", "«", "‹", "¿", "¡"})
_STRAIGHT = frozenset({'"', "'"})
_BULLETS = frozenset({"-", "–", "—", "--", "•", "*", "·", "▪"})

Cuts = Sequence[tuple[int, int]]


class SentenceCut(msgspec.Struct, frozen=True, gc=False):
    """One sentence: where it stands, its words in order, its paragraph (0-based)."""

    span: Span
    tokens: tuple[Span, ...]
    paragraph: int


def split_sentences(text: str, *, start: int = 0) -> tuple[SentenceCut, ...]:
    """Return the sentences of `text` from the code point `start` on, in order.

    Line breaks always end a sentence. Sentences never overlap, leave out
    nothing but white space, and hold at most `MAX_TOKENS` words.

    >>> t = 'BAGHDAD - "We met." Mr. Lavrov left. The U.S. stayed.'
    >>> [s.span.of(t) for s in split_sentences(t)]
    ['BAGHDAD - "We met."', 'Mr. Lavrov left.', 'The U.S. stayed.']
    """
    lists = load_word_lists()
    return tuple(
        _sentence(part, number)
        for number, paragraph in enumerate(_PARAGRAPH.finditer(text, start))
        for sentence in _split_paragraph(text, paragraph.span(), lists)
        for part in _limit(text, sentence)
    )


def _sentence(words: Cuts, paragraph: int) -> SentenceCut:
    tokens = tuple(Span(start, end) for start, end in words)
    span = Span(tokens[0].start, tokens[-1].end)
    return SentenceCut(span=span, tokens=tokens, paragraph=paragraph)


def _split_paragraph(
    text: str, bounds: tuple[int, int], lists: WordLists
) -> Iterator[Cuts]:
    """Yield the words of each sentence between two offsets."""
    offset, end = bounds
    line = text[offset:end]
    words = list(cut(line, lists))
    begin = position = 0
    quotes = 0  # straight double quotes seen in this paragraph
    while position < len(words):
        quotes += line[words[position][0] : words[position][1]] == '"'
        follower = position + 1
        if _may_stop(line, words, position, lists):
            follower, closed = _take_closers(line, words, follower, quotes)
            quotes += closed
            if _begins(line, words, position, follower, lists):
                yield [(a + offset, b + offset) for a, b in words[begin:follower]]
                begin = follower
        position = follower
    if begin < len(words):
        yield [(a + offset, b + offset) for a, b in words[begin:]]


def _may_stop(line: str, words: Cuts, at: int, lists: WordLists) -> bool:
    """Tell whether the word at `at` can be the last of its sentence."""
    start, end = words[at]
    word = line[start:end]
    if _STOP.match(word):
        return True
    return (
        len(word) > 2
        and word[-1] == "."
        and word[:-1].lower() not in lists.before_name
        and word[-2].isalpha()
    )


def _take_closers(line: str, words: Cuts, at: int, quotes: int) -> tuple[int, int]:
    """Return the index behind closing marks, and the double quotes among them."""
    closed = 0
    while at < len(words):
        if _is_reference(line, words, at):
            at += 3
            continue
        start, end = words[at]
        mark = line[start:end]
        glued = words[at - 1][1] == start
        if mark not in _CLOSERS or not (glued or mark not in _STRAIGHT):
            break
        if mark == '"':
            if (quotes + closed) % 2 == 0 and line[end : end + 1].isalnum():
                break
            closed += 1
        at += 1
    return at, closed


def _is_reference(line: str, words: Cuts, at: int) -> bool:
    """Tell whether a note's number in square brackets stands at `at` ("[17]")."""
    texts = [line[slice(*word)] for word in words[at : at + 3]]
    return (
        len(texts) == 3 and texts[0] == "[" and texts[1].isdigit() and texts[2] == "]"
    )


def _begins(line: str, words: Cuts, stop: int, follower: int, lists: WordLists) -> bool:
    """Tell whether a new sentence begins at `follower`, behind `stop`."""
    if follower >= len(words):
        return True
    glued = words[follower - 1][1] == words[follower][0]
    if glued:
        return _glued_start(line, words, stop, follower)
    start, end = _first_word(line, words, follower)
    if start == end or _is_small(line, start):
        return False
    first = line[start:end]
    stopper = line[slice(*words[stop])]
    if stopper[-1] == "." and len(stopper) > 1 and stopper[0] != ".":
        return _is_start(first, lists)
    if stopper == ".":
        return not _is_list_number(line, words, stop)
    return True


def _glued_start(line: str, words: Cuts, stop: int, follower: int) -> bool:
    """Tell whether a sentence begins without a blank ("left.He came")."""
    if line[slice(*words[stop])] != "." or follower != stop + 1 or stop == 0:
        return False
    before, after = line[slice(*words[stop - 1])], line[slice(*words[follower])]
    return (
        len(before) > 2
        and before[-1].islower()
        and len(after) > 1
        and after[0].isupper()
        and after[1:].islower()
    )


def _first_word(line: str, words: Cuts, at: int) -> tuple[int, int]:
    """Return the first word behind opening marks, an empty range if there is none."""
    for start, end in words[at : at + 4]:
        if line[start:end] not in _OPENERS and line[start:end] not in _BULLETS:
            return start, end
    return 0, 0


def _is_small(line: str, start: int) -> bool:
    """Tell whether the next words have no capital ("iPhone", "al-Shabab" have)."""
    chunk = line[start : start + _CHUNK].split(None, 1)[0]
    return chunk[0].islower() and not any(c.isupper() for c in chunk)


def _is_start(word: str, lists: WordLists) -> bool:
    return word[0].isupper() and word.lower() in lists.starts


def _is_list_number(line: str, words: Cuts, stop: int) -> bool:
    """Tell whether the full stop belongs to a number that opens the line."""
    return stop == 1 and line[slice(*words[0])].isdigit()


def _limit(text: str, words: Cuts) -> Iterator[Cuts]:
    """Yield `words` in runs of at most `MAX_TOKENS`, cut behind a mark if any."""
    begin = 0
    while len(words) - begin > MAX_TOKENS:
        stop = begin + MAX_TOKENS
        for at in range(stop - 1, begin + MAX_TOKENS // 2, -1):
            if text[slice(*words[at])] in _BREAK or _HARD_STOP.match(
                text[slice(*words[at])]
            ):
                stop = at + 1
                break
        yield words[begin:stop]
        begin = stop
    if begin < len(words):
        yield words[begin:]

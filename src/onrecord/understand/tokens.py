"""Cut a text into words: Universal Dependencies style, with code-point offsets.

The cuts follow the English Web Treebank: hyphenated words come apart except
behind a prefix (`US | - | led`, but `anti-war`), clitics stand alone
(`did | n't`), abbreviations keep their full stop, and addresses, numbers,
dates and times stay whole.
"""

import re
from collections.abc import Iterator

from onrecord.model.span import Span
from onrecord.understand.wordlists import WordLists, load_word_lists

# Bounded repeats keep the scan linear on hostile input.
_PIECE = re.compile(
    r"""
      (?P<url> (?:https?://|ftp://|www\.) [^\s<>"”“)\]]{1,2000} )
    | (?P<mail> [\w.+%-]{1,64} @ [\w-]{1,64} (?:\.[\w-]{1,64}){1,8} )
    | (?P<site> (?i: \b[a-z0-9-]{1,63} (?:\.[a-z0-9-]{1,63}){0,3}
        \.(?:com|org|net|gov|edu|co\.uk|info|io|ru|ua)\b ) )
    | (?P<group> \b[a-z]{2,12} (?:\.[a-z][a-z0-9-]{1,40}){2,6} \b )
    | (?P<tag> [#@][^\W\d]\w* )
    | (?P<phone> (?<![\w-]) \+?\d{1,4}-\d{3}-\d{4}(?:-\d{4})? (?![\w-])
        | (?<![\w-]) \d{3}-\d{4} (?![\w-]) )
    | (?P<number> (?<!\w) [+]? \d+ (?:[.,:/]\d+)* (?:st|nd|rd|th|s)\b
        | (?<!\w) \d+ (?:[.,:/]\d+)++ (?![^\W\d_])
        | (?<!\w) \.\d+ (?!\w) )
    | (?P<amount> (?<!\w) \d++ (?:[.,:]\d+)*+
        (?=(?:km|m|cm|mm|kg|g|am|pm|AM|PM|a\.m|p\.m|bn|tn|k|K|%)\b) )
    | (?P<year> ['’]\d\ds?\b )
    | (?P<initials> (?<!\w) [^\W\d_]\. (?:-?[^\W\d_]{1,2}\.)+ | \bPh\.D\.? )
    | (?P<file> (?<!\w) \w{1,64} \.(?:doc|pdf|xls|htm|html|jpg|txt|zip)\b )
    | (?P<firm> (?<!\w) [A-Z]{1,3}&[A-Z]{1,3}\b )
    | (?P<clitic> ['’] (?:s|re|ve|ll|d|m|em|S|RE|VE|LL|D|M) \b )
    | (?P<word> \w+ (?:['’]\w+)* )
    | (?P<dots> \.{2,} | …+\.? )
    | (?P<dashes> -{2,} | –{2,} | —{2,} | ={2,} | \*{2,} | _{2,} )
    | (?P<marks> [!?]{2,} )
    | (?P<quotes> ``|''|’’|<<|>> )
    | (?P<smiley> [:;]-?[)(](?!\w) )
    | (?P<sign> [^\w\s] )
    """,
    re.VERBOSE,
)
_URL_TAIL = ".,;:!?'’…"
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_MAX_CLITIC = 4  # code points of the longest clitic and one letter before it


def tokenize(text: str) -> tuple[Span, ...]:
    """Return the words of `text`, in order.

    Words never overlap and leave out nothing but white space and NUL-like
    characters that `str.isspace` calls space.

    >>> [s.of(t) for s in tokenize(t := "The US-led force didn't go.")]
    ['The', 'US', '-', 'led', 'force', 'did', "n't", 'go', '.']
    """
    return tuple(Span(start, end) for start, end in cut(text, load_word_lists()))


def cut(text: str, lists: WordLists) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each word of `text`, in order."""
    position = 0
    while match := _PIECE.search(text, position):
        start, end = match.span()
        match match.lastgroup:
            case "url":
                end = start + max(1, len(match.group().rstrip(_URL_TAIL)))
            case "word":
                end = _join_prefix(text, start, end, lists)
                if _is_abbreviation(text, start, end, lists):
                    end += 1
                else:
                    yield from _split_word(text, start, end, lists)
                    position = end
                    continue
        yield start, end
        position = end


def _split_word(
    text: str, start: int, end: int, lists: WordLists
) -> Iterator[tuple[int, int]]:
    """Yield a word, or its stem and its clitic."""
    cut_at = (
        lists.contractions.get(text[start:end].lower()) if end - start < 9 else None
    )
    if cut_at is not None:
        yield start, start + cut_at
        yield start + cut_at, end
        return
    tail = _CLITIC.search(text, max(start, end - _MAX_CLITIC), end)
    if tail is None or tail.start() <= start:
        yield start, end
        return
    yield from _split_word(text, start, tail.start(), lists)
    yield tail.start(), end


def _join_prefix(text: str, start: int, end: int, lists: WordLists) -> int:
    """Return the end of a word that a prefix and a hyphen open, else `end`."""
    if end - start > lists.longest_prefix or text[end : end + 1] != "-":
        return end
    if text[start:end].lower() not in lists.prefixes or _after_hyphen(text, start):
        return end
    rest = _PIECE.match(text, end + 1)
    if rest is None or rest.lastgroup not in {"word", "number"}:
        return end
    return rest.end() if text[end + 1].isalnum() else end


def _after_hyphen(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()


def _is_abbreviation(text: str, start: int, end: int, lists: WordLists) -> bool:
    """Tell whether the full stop at `end` belongs to the word before it."""
    if text[end : end + 1] != "." or text[end : end + 2] == "..":
        return False
    if end + 1 < len(text) and (text[end + 1].isalnum() or text[end + 1] == "_"):
        return False
    if text[start:end] in lists.before_number and _number_follows(text, end + 1):
        return True
    if end - start == 1:
        return text[start].isupper() and _name_follows(text, end + 1)
    if end - start > lists.longest_abbreviation:
        return False
    return lists.is_abbreviation(text[start:end])


def _number_follows(text: str, after: int) -> bool:
    """Tell whether a digit stands behind one blank ("c. 1880")."""
    return text[after : after + 1] in {" ", "\u00a0"} and (
        text[after + 1 : after + 2].isdigit()
    )


def _name_follows(text: str, after: int) -> bool:
    """Tell whether a capitalised word stands behind one blank ("J. Smith")."""
    return text[after : after + 1] in {" ", "\u00a0"} and (
        text[after + 1 : after + 2].isupper()
    )

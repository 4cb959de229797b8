"""Tell the language of a report, so that only English is read as English.

A text is not English when most of its letters are of another script, or when the small
words of another language (data/read/languages.toml) clearly outnumber the English ones.
What has too few of either, such as a list of names or a table, tells nothing and is let
through: rather one foreign text too many than one English report lost.
"""

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files

import msgspec

ENGLISH = "en"
WINDOW = 1_500  # characters at the start, the middle and the end of a long text
MIN_LETTERS = 10  # fewer say nothing of their script
# Two thirds, for names of persons stand in both scripts in lists of sanctions.
MAX_FOREIGN_LETTERS = 2 / 3
PIECE = 25  # words that are judged together, about a sentence
MIN_ENGLISH = 2  # words, for one alone may be of several languages
ENGLISH_SHARE = 0.12  # of words
PLAINLY_ENGLISH = 0.35  # of words, as in most sentences; others need not be counted
MIN_FOREIGN_SHARE = 0.1  # of words; a list of names has less
MIN_FOREIGN_WORDS = 3  # different ones, so that no one name decides
CLEARLY_MORE = 1.5  # times the English words: the larger part is in the other language
MIN_RUNNING_WORDS = 40  # in lower case; prose in a language we have no list for
SURE = 1_000  # of the library's distances between languages; above, it guesses

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_LATIN = re.compile(r"[^\W\d_A-Za-z\u00AA-\u02AF\u1E00-\u1EFF\uFB00-\uFB06]")


class NotEnglish(msgspec.Struct, frozen=True):
    """A report's language (ISO 639), and the reason for refusing the report."""

    language: str
    reason: str


class _Language(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    name: str
    words: str
    shared: str = ""
    examples: tuple[str, ...]


class _Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    ranges: str
    weight: int = 1
    codes: tuple[str, ...] = ()
    marks: Mapping[str, str] = {}


class _LanguageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/languages.toml`."""

    id: str
    origin: str
    names: Mapping[str, str]
    language: tuple[_Language, ...]
    script: tuple[_Script, ...]


class _Knowledge(msgspec.Struct, frozen=True):
    """The file, ready for use: small words with the languages that have them."""

    english: frozenset[str]
    users: Mapping[str, tuple[str, ...]]
    sharers: Mapping[str, tuple[str, ...]]
    scripts: tuple[tuple[re.Pattern[str], _Script], ...]
    names: Mapping[str, str]
    latin: frozenset[str]


def find_foreign(text: str, given: object = None) -> NotEnglish | None:
    """Return what language other than English a report is in, None if it may be read.

    The text wins over what the source says (`given`: "de", "en-GB", "French"), which
    decides only where the text does not show whether it is English.
    """
    told = tell_language(text)
    code = told or _as_code(given)
    if code is None or code == ENGLISH:
        return None
    name = _load().names.get(code, code)
    said = "" if told else ", as its source says"
    reason = (
        f"the report is in {name}{said}; only English is read, its text is kept in "
        "`rejected` for a version that reads more"
    )
    return NotEnglish(code, reason)


def tell_language(text: str) -> str | None:
    """Return the language of a text (ISO 639-1, else 639-3), None when in doubt.

    >>> tell_language("Der Rat teilte mit, dass die Brücke gesperrt wird.")
    'de'
    """
    sample = _sample(text)
    script = _tell_script(sample)
    if script:
        return _tell_in_script(sample, script)
    words = _WORD.findall(sample.lower())
    told: Counter[str | None] = Counter()
    for start in range(0, len(words), PIECE):
        piece = words[start : start + PIECE]
        told[_tell_piece(piece)] += len(piece)
    english = told.pop(ENGLISH, 0)
    del told[None]
    if told.total() > english:
        best = min(told, key=lambda code: (-told[str(code)], str(code)))
        return best if best and _is_sure(best, words) else None
    return ENGLISH if english else _tell_by_library(sample)


@functools.cache
def _load() -> _Knowledge:
    path = files("onrecord") / "data" / "read" / "languages.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    table = msgspec.convert(raw, type=_LanguageTable)
    english = next(one.words for one in table.language if one.code == ENGLISH)
    others = [one for one in table.language if one.code != ENGLISH]
    users = _by_word((one.code, one.words) for one in others)
    sharers = _by_word((one.code, one.shared) for one in others)
    names = {one.code: one.name for one in table.script}
    names |= {one.code: one.name for one in table.language}
    scripts = tuple((re.compile(f"[{one.ranges}]"), one) for one in table.script)
    return _Knowledge(
        english=frozenset(english.split()),
        users=users,
        sharers=sharers,
        scripts=scripts,
        names={**table.names, **names},
        latin=frozenset(one.code for one in table.language),
    )


def _by_word(lists: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code, words in lists:
        for word in words.split():
            codes[word] = (*codes.get(word, ()), code)
    return codes


def _sample(text: str) -> str:
    if len(text) <= 3 * WINDOW:
        return text
    middle = (len(text) - WINDOW) // 2
    return f"{text[:WINDOW]} {text[middle : middle + WINDOW]} {text[-WINDOW:]}"


def _tell_script(sample: str) -> _Script | None:
    """Return the script of most letters, None when that is the Latin one."""
    if sample.isascii() or not _NOT_LATIN.search(sample):
        return None
    found = [
        (len(pattern.findall(sample)) * script.weight, script)
        for pattern, script in _load().scripts
    ]
    foreign = sum(count for count, _ in found)
    latin = sum(map(str.isalpha, sample)) - len(_NOT_LATIN.findall(sample))
    if foreign < MIN_LETTERS or foreign < MAX_FOREIGN_LETTERS * (foreign + latin):
        return None
    return max(found, key=lambda pair: pair[0])[1]


def _tell_in_script(sample: str, script: _Script) -> str:
    for code, letters in script.marks.items():
        if not set(letters).isdisjoint(sample):
            return code
    told = _ask_library(sample, script.codes) if script.codes else None
    return told if told in script.codes else script.code


def _tell_piece(words: list[str]) -> str | None:
    """Return the language of a few words, None when they do not tell."""
    known = _load()
    english = sum(map(known.english.__contains__, words))
    if english >= PLAINLY_ENGLISH * len(words):
        return ENGLISH
    own: dict[str, int] = {}
    shared: dict[str, int] = {}
    for word in words:
        for code in known.users.get(word, ()):
            own[code] = own.get(code, 0) + 1
        for code in known.sharers.get(word, ()):
            shared[code] = shared.get(code, 0) + 1
    best = max(own, key=lambda code: own[code], default=None)
    least = MIN_FOREIGN_SHARE * len(words)
    if best and own[best] >= max(
        least, CLEARLY_MORE * (english - shared.get(best, 0)) + 1
    ):
        return best
    is_english = english >= max(MIN_ENGLISH, ENGLISH_SHARE * len(words))
    return ENGLISH if is_english else None


def _is_sure(code: str, words: list[str]) -> bool:
    """Tell whether enough different words of a language stand there."""
    users = _load().users
    kinds = {word for word in words if code in users.get(word, ())}
    return len(kinds) >= MIN_FOREIGN_WORDS


def _tell_by_library(sample: str) -> str | None:
    """Return the language of prose that has no small words we know."""
    if sum(map(str.islower, _WORD.findall(sample))) < MIN_RUNNING_WORDS:
        return None
    return _ask_library(sample)


def _ask_library(sample: str, codes: tuple[str, ...] = ()) -> str | None:
    """Return the language that resiliparse is sure of, one of `codes` if given."""
    from resiliparse.parse.lang import detect_fast

    encodable = sample.encode(errors="ignore").decode()
    code, distance = detect_fast(encodable, langs=list(codes) or None)
    return str(code) if 0 < distance < SURE else None


def _as_code(given: object) -> str | None:
    """Return the code of a language as sources write it, None for what says nothing.

    Nothing is also said by a language of another script: a text in it has been told by
    now, and "uk" in front of Latin letters is a country.
    """
    if not isinstance(given, str):
        return None
    names = _load().names
    low = given.strip().lower()
    code = next((code for code, name in names.items() if name.lower() == low), None)
    code = code or re.split(r"[-_]", low)[0]
    other_scripts = {
        code for _, one in _load().scripts for code in (one.code, *one.codes)
    }
    return code if code in names and code not in other_scripts - _load().latin else None

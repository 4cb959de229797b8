"""Forms of English words, and numbers in words, for the rewriters."""

from functools import cache

from bench.rewriting.sources import read_rows

_VOWELS = frozenset("aeiou")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    return {base: (past, part) for base, past, part in read_rows("irregular.tsv")}


def inflect(base: str, form: str) -> str:
    """Return a form (s, past, part, ing) of a verb; of a phrase, of its first word.

    >>> inflect("carry out", "past"), inflect("stop", "ing"), inflect("say", "part")
    ('carried out', 'stopping', 'said')
    """
    verb, space, rest = base.partition(" ")
    return _inflect(verb, form) + space + rest


def _inflect(verb: str, form: str) -> str:
    past, part = _irregular().get(verb) or (_ed(verb), _ed(verb))
    if form == "past":
        return past
    if form == "part":
        return part
    if form == "s":
        return plural(verb)
    doubled = past.endswith(verb[-1] * 2 + "ed") or _doubles(verb)
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + verb[-1] * doubled + "ing"


def _doubles(verb: str) -> bool:
    """Tell whether a verb of one syllable ends consonant, vowel, consonant."""
    if len(verb) < 3 or sum(c in _VOWELS for c in verb) != 1:
        return False
    a, b, c = list(verb[-3:])
    return a not in _VOWELS and b in _VOWELS and c not in _VOWELS | set("wxy")


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + verb[-1] * _doubles(verb) + "ed"


def plural(noun: str) -> str:
    """Return the plural of a noun; of "head of state", of its first word.

    >>> plural("head of state"), plural("country"), plural("spokesman")
    ('heads of state', 'countries', 'spokesmen')
    """
    head, of, rest = noun.partition(" of ")
    if of:
        return plural(head) + of + rest
    if noun.endswith("man") and not noun.endswith("human"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")) or noun in {"go", "do", "echo"}:
        return noun + "es"
    return noun + "s"


def match_case(new: str, old: str) -> str:
    """Return `new` with a capital where `old` has one."""
    return new[0].upper() + new[1:] if old[:1].isupper() else new


def in_words(number: int) -> str:
    """Return a number below a thousand in words.

    >>> in_words(7), in_words(42), in_words(365)
    ('seven', 'forty-two', 'three hundred and sixty-five')
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    head = f"{_ONES[hundreds]} hundred"
    return f"{head} and {in_words(rest)}" if rest else head


@cache
def number_words() -> dict[str, int]:
    """Return the numbers from two to ninety-nine by their words."""
    return {in_words(n): n for n in range(2, 100)}

"""Read one number, in digits or words."""

import re
from collections.abc import Mapping

import msgspec

from onrecord.lexicon.numbers import NumberWords
from onrecord.understand.words import Words, low_at, match_phrase

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,9})?")
_MIXED = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "½": 0.5, "¼": 0.25, "¾": 0.75}
_HYPHENS = frozenset({"-", "‐", "‑", "–"})


class Count(msgspec.Struct, frozen=True, gc=False):
    """A number that ends before piece `end`.

    `vague` says that it is the least a plural ("dozens") stands for; `digits` that it
    is written in digits; `scaled` that a word such as "million" belongs to it.
    """

    end: int
    value: float
    vague: bool = False
    digits: bool = False
    scaled: bool = False


def read_count(words: Words, at: int, numbers: NumberWords) -> Count | None:
    """Return the number that begins at `at`, without its modifiers.

    "dozens" gives 24 and "tens of thousands" 20,000: the least they can mean.
    Ordinals, clock times and dates are none.
    """
    if at >= len(words):
        return None
    word = words[at]
    if word.is_digit:
        return _read_digits(words, at, numbers)
    if word.low in numbers.vague_plural:
        return _read_vague(words, at, numbers)
    if word.low in numbers.half or word.low in numbers.article:
        return _read_part(words, at, numbers) or _read_several(words, at, numbers)
    return _read_spelt(words, at, numbers) or _read_several(words, at, numbers)


def parse_digits(text: str) -> float | None:
    """Return the value of "1,200" or "1.5", None for anything else."""
    return float(text.replace(",", "")) if _PLAIN.fullmatch(text) else None


def _read_digits(words: Words, at: int, numbers: NumberWords) -> Count | None:
    value = parse_digits(words[at].text)
    if value is None:
        return None
    end = at + 1
    if low_at(words, end) in _MIXED and not words[end].glued:
        value, end = value + _MIXED[words[end].low], end + 1
    letter = numbers.scale_letter.get(low_at(words, end))
    if letter is not None and words[end].glued and not _runs_on(words, end + 1):
        return Count(end + 1, value * letter, digits=True, scaled=True)
    end, scale = _read_scales(words, end, numbers.scale)
    return Count(end, value * scale, digits=True, scaled=scale > 1)


def _runs_on(words: Words, at: int) -> bool:
    """Tell whether letters or digits are glued on at `at`."""
    return at < len(words) and words[at].glued and words[at].text[0].isalnum()


def _read_scales(
    words: Words, at: int, scales: Mapping[str, float]
) -> tuple[int, float]:
    """Return the end and product of the scale words at `at`, hyphened or not."""
    product = 1.0
    while True:
        start = at + 1 if low_at(words, at) in _HYPHENS else at
        scale = scales.get(low_at(words, start))
        if scale is None or product > 1e15:
            return at, product
        at, product = start + 1, product * scale


def _read_vague(words: Words, at: int, numbers: NumberWords) -> Count | None:
    """Read "dozens", "tens of thousands", "hundreds of millions"."""
    value = numbers.vague_plural[words[at].low]
    if low_at(words, at + 1) in numbers.of:
        scale = numbers.plural_scale.get(low_at(words, at + 2))
        if scale is not None:
            factor = numbers.vague_factor.get(words[at].low, value)
            return Count(at + 3, factor * scale, vague=True, scaled=True)
    if words[at].low in numbers.vague_factor and value < 24:
        return None  # "tens" alone is a score or a word of shooting
    return Count(at + 1, value, vague=True)


def _read_part(words: Words, at: int, numbers: NumberWords) -> Count | None:
    """Read "a hundred", "half a million", "a half-dozen"."""
    factor = 1.0
    end = at
    for _ in range(2):
        if low_at(words, end) in numbers.half:
            factor, end = 0.5, end + 1
        elif low_at(words, end) in numbers.article:
            end += 1
    scale_end, scale = _read_scales(words, end, numbers.scale)
    return Count(scale_end, factor * scale, scaled=True) if scale_end > end else None


def _read_spelt(words: Words, at: int, numbers: NumberWords) -> Count | None:
    """Read "twenty-one", "two hundred and fifty", "two and a half million"."""
    total = 0.0
    end = at
    while True:
        group = _read_group(words, end, numbers)
        if group is None:
            break
        end, value = group
        end, value = _read_half(words, end, value, numbers)
        scale_end, scale = _read_scales(words, end, numbers.scale)
        total += value * scale
        if scale_end == end or scale < 1000:
            end = scale_end
            break
        end = scale_end
        follower = end + (low_at(words, end) in numbers.joint)
        if not _is_small(words, follower, numbers):
            break
        end = follower
    return Count(end, total, scaled=total >= 100) if end > at else None


def _read_group(
    words: Words, at: int, numbers: NumberWords
) -> tuple[int, float] | None:
    """Return the end and value of a number below a thousand."""
    small = _read_small(words, at, numbers)
    if small is None:
        return None
    end, value = small
    if numbers.scale.get(low_at(words, end)) != 100:
        return small
    value, end = value * 100, end + 1
    follower = end + (low_at(words, end) in numbers.joint)
    rest = _read_small(words, follower, numbers)
    if rest is None or numbers.scale.get(low_at(words, rest[0]), 0) == 100:
        return end, value
    return rest[0], value + rest[1]


def _read_small(
    words: Words, at: int, numbers: NumberWords
) -> tuple[int, float] | None:
    """Return the end and value of a number below a hundred."""
    low = low_at(words, at)
    if low in numbers.cardinal:
        return at + 1, numbers.cardinal[low]
    if low not in numbers.tens:
        return None
    unit_at = at + 2 if low_at(words, at + 1) in _HYPHENS else at + 1
    unit = numbers.cardinal.get(low_at(words, unit_at), 0.0)
    if 0 < unit < 10:
        return unit_at + 1, numbers.tens[low] + unit
    return at + 1, numbers.tens[low]


def _is_small(words: Words, at: int, numbers: NumberWords) -> bool:
    low = low_at(words, at)
    return low in numbers.cardinal or low in numbers.tens


def _read_half(
    words: Words, at: int, value: float, numbers: NumberWords
) -> tuple[int, float]:
    """Add "and a half" to a number."""
    if low_at(words, at) not in numbers.joint:
        return at, value
    end = at + 1 + (low_at(words, at + 1) in numbers.article)
    return (end + 1, value + 0.5) if low_at(words, end) in numbers.half else (at, value)


def _read_several(words: Words, at: int, numbers: NumberWords) -> Count | None:
    """Read "several hundred", "a few dozen", "several tens of thousands"."""
    found = match_phrase(words, at, numbers.vague_times)
    if found is None:
        return None
    end, factor = found
    if low_at(words, end) in numbers.vague_plural:
        return _read_vague(words, end, numbers)
    scale_end, scale = _read_scales(words, end, numbers.scale)
    if scale_end == end:
        return None
    return Count(scale_end, factor * scale, vague=True, scaled=True)

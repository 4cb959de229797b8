"""Reports that look like copies and are none.

One number or one "not" changed, the same affair with new figures, the same words about
other facts, and pages that hold no report at all.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec

from bench.rewriting.draft import (
    Draft,
    Piece,
    Sentence,
    make_draft,
    put,
    replace_in,
    words_of,
)
from bench.rewriting.roundtrip import MONTHS
from bench.rewriting.sources import DATA, Half, half_of, read_rows
from bench.rewriting.words import in_words, number_words

_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})*(?![\w:/-]|[.,]\d)")
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|will|would|has|have|had|could|must) ([a-z]{4,})\b"
)
_NOT = re.compile(r"\b(?:was|were|is|are|will|would|has|have|had|could|must) (not) ")


def change_number(draft: Draft, rng: Random) -> Draft | None:
    """Return `draft` with one number changed, or None where there is none."""
    return _change_some(draft, rng, most=1)


def change_negation(draft: Draft, rng: Random) -> Draft | None:
    """Return `draft` with one "not" more or less, or None where none fits."""
    places = [
        (p, s, match)
        for p, paragraph in enumerate(draft.paragraphs)
        for s, sentence in enumerate(paragraph)
        for match in _find_negations(words_of(sentence))
    ]
    if not places:
        return None
    p, s, (start, old, new) = rng.choice(places)
    return _replace_at(draft, p, s, start, old, new)


def _find_negations(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _AUXILIARY.finditer(text):
        if match[1] not in {"been", "also", "only", "still", "never", "already"}:
            yield match.start(1), match[1], f"not {match[1]}"
    for match in _NOT.finditer(text):
        yield match.start(), match[0], match[0].replace("not ", "")


def update(draft: Draft, rng: Random) -> Draft | None:
    """Return the story a day later: new figures, a new paragraph, some left out."""
    made = _change_some(draft, rng, most=4)
    if made is None:
        return None
    rows = [words for (words,) in read_rows("updates.tsv")]
    fresh = [w.format(n=in_words(rng.randint(2, 19))) for w in rng.sample(rows, k=2)]
    added = tuple(((Piece(words, changed=True),),) for words in fresh)
    kept = made.paragraphs[: max(1, len(made.paragraphs) - 1)]
    longer = put(made, (*kept[:1], *added, *kept[1:]))
    return msgspec.structs.replace(longer, date=draft.date + dt.timedelta(days=1))


def _change_some(draft: Draft, rng: Random, *, most: int) -> Draft | None:
    found = [
        (p, s, match)
        for p, paragraph in enumerate(draft.paragraphs)
        for s, sentence in enumerate(paragraph)
        for match in _find_numbers(words_of(sentence), rng)
    ]
    if not found:
        return None
    chosen = sorted(rng.sample(range(len(found)), k=min(most, len(found))))
    for place in reversed(chosen):
        p, s, (start, old, new) = found[place]
        draft = _replace_at(draft, p, s, start, old, new)
    return draft


def _find_numbers(text: str, rng: Random) -> Iterator[tuple[int, str, str]]:
    """Yield numbers that are no dates or years, with another number."""
    months = "|".join(m[:3] for m in MONTHS)
    for match in _NUMBER.finditer(text):
        value = int(match[0].replace(",", ""))
        near = text[max(0, match.start() - 12) : match.end() + 5]
        if value > 1 and not re.search(rf"\b(?:{months})", near):
            new = value + max(1, round(value * rng.uniform(0.1, 0.9)))
            yield match.start(), match[0], f"{new:,}" if "," in match[0] else str(new)
    for match in re.finditer(r"(?<![\w-])[a-z]+(?:-[a-z]+)?(?![\w-])", text):
        if (value := number_words().get(match[0], 0)) > 1:
            new = value + rng.randint(1, max(2, value // 2))
            yield match.start(), match[0], in_words(new)


def _replace_at(draft: Draft, p: int, s: int, start: int, old: str, new: str) -> Draft:
    """Return `draft` with words of one sentence replaced."""
    paragraphs: list[list[Sentence]] = [list(x) for x in draft.paragraphs]
    paragraphs[p][s] = replace_in(paragraphs[p][s], old, new, start=start)
    return put(draft, paragraphs)


def fill_templates(half: Half, rng: Random, *, each: int = 6) -> Iterator[Draft]:
    """Yield reports in the same words about other facts, `each` of a template."""
    tables: dict[str, Any] = tomllib.loads(
        (DATA / "templates.toml").read_text(encoding="utf-8")
    )
    for template in tables["template"]:
        if half_of(template["name"]) != half:
            continue
        for number in range(each):
            filled = (
                template["text"]
                .strip()
                .format_map(
                    {slot: rng.choice(words) for slot, words in tables["slots"].items()}
                )
            )
            day = dt.date(2015, 3, 2) + dt.timedelta(days=rng.randint(0, 20))
            yield make_draft(f"template-{template['name']}-{number}", filled, date=day)


def read_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a text of this package."""
    return tuple((DATA / name).read_text(encoding="utf-8").splitlines())


def make_empty_pages(rng: Random, *, repeats: int) -> Iterator[tuple[str, Draft]]:
    """Yield pages of boilerplate, `repeats` of each, and reports of one word."""
    day = dt.date(2015, 3, 2)
    lines = read_lines("boilerplate.txt")
    for number in range(repeats):
        for place, line in enumerate(lines):
            page = make_draft(f"boilerplate-{place}-{number}", line, date=day)
            yield "boilerplate", _from_outlet(page, f"site {number}")
        some = "\n\n".join(rng.sample(lines, k=4))
        page = make_draft(f"boilerplate-x-{number}", some, date=day)
        yield "boilerplate", _from_outlet(page, f"site {number}")
    for number, word in enumerate(read_lines("words.txt")):
        for site in range(2):
            page = make_draft(f"word-{number}-{site}", word, date=day)
            yield "one_word", _from_outlet(page, f"site {site}")


def _from_outlet(draft: Draft, outlet: str) -> Draft:
    return msgspec.structs.replace(draft, outlet=outlet)

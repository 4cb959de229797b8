"""What a move is about: the weights of the words it demands, offers or answers."""

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from onrecord.collapse.knowledge import load_story_words
from onrecord.collapse.lexemes import Kind, Lexemes
from onrecord.show.views.positions_find import Found
from onrecord.show.views.positions_kinds import Grouping, PositionRules, reference

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PERSONS = ("per-", "ent-")  # of the lexicon, and those that only reports know
SHORTEST = 2  # letters of a word that counts

Weights = Mapping[int, float]  # by concept
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a move by concept, each with its weight and how it is written.

    `own` are the concepts of the sentence, without the title's; `named` those of the
    words that name who acts. `refers`: it says "the
    demand", and what is meant stands before.
    """

    weights: Weights
    forms: Mapping[int, str]
    own: frozenset[int]
    named: frozenset[int]
    refers: bool


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reading subjects rests on."""

    lexemes: Lexemes
    rules: PositionRules
    empty: frozenset[int]
    same: Mapping[int, int]
    reference: re.Pattern[str]

    def concept(self, form: str) -> int:
        """Return what stands for a form and its synonyms."""
        concept = self.lexemes[form].concept
        return self.same.get(concept, concept)


def make_reader(rules: PositionRules) -> Reader:
    """Return what reads the words of moves."""
    lexemes = Lexemes(load_story_words())
    empty = (*rules.words.empty, *rules.words.mention)
    return Reader(
        lexemes=lexemes,
        rules=rules,
        empty=frozenset(
            lexemes[form].concept for word in empty for form in _inflected(word)
        ),
        same={
            lexemes[form].concept: lexemes[same.forms[0]].concept
            for same in rules.same
            for form in same.forms
        },
        reference=reference(rules.words),
    )


def _inflected(word: str) -> tuple[str, ...]:
    stem = word.removesuffix("e")
    return (word, f"{word}s", f"{stem}ed", f"{stem}ing")


def names_of_persons(moves: Iterable[Found]) -> frozenset[str]:
    """Return the words of the names of persons, who are no issue, in small letters."""
    names = {
        party["name"]
        for move in moves
        for party in (*move.actors, *move.recipients, *move.row.get("attribution", ()))
        if party["entity_id"].startswith(PERSONS)
    }
    return frozenset(
        word.lower()
        for name in names
        if all(word[0].isupper() for word in name.split())
        for word in WORD.findall(name)
    )


def read_subjects(moves: Sequence[Found], reader: Reader) -> tuple[Subject, ...]:
    """Return what each move is about."""
    persons = names_of_persons(moves)
    begins: dict[tuple[str, int], list[int]] = {}
    for move in moves:
        begins.setdefault(move.place, []).append(move.word["start"])
    return tuple(
        read_subject(move, reader, persons=persons, others=begins[move.place])
        for move in moves
    )


def read_subject(
    move: Found, reader: Reader, *, persons: frozenset[str], others: Sequence[int]
) -> Subject:
    """Return the words of a move's sentence and of its report's title.

    `others` are where moves of the sentence begin; what stands behind another is that
    one's.
    """
    grouping = reader.rules.grouping
    weights: dict[int, float] = {}
    forms: dict[int, str] = {}
    own: set[int] = set()
    title = move.cite.title or ""
    for word, weight, at_home in (
        *((word, weight, True) for word, weight in _weighed(move, grouping, others)),
        *((word, grouping.title, False) for word in WORD.finditer(title)),
    ):
        form = word.group().removesuffix("'s").removesuffix("’s")
        lexeme = reader.lexemes[form]
        if (
            lexeme.kind is not Kind.CONTENT
            or lexeme.concept in reader.empty
            or len(lexeme.folded) < SHORTEST
            or lexeme.folded in persons
        ):
            continue
        concept = reader.same.get(lexeme.concept, lexeme.concept)
        if at_home and weight:
            own.add(concept)
        factor = grouping.name if form[0].isupper() and word.start() else 1.0
        if weight * factor > weights.get(concept, 0.0):
            weights[concept] = weight * factor
            forms[concept] = form if word.start() or form.isupper() else form.lower()
    return Subject(
        weights=weights,
        forms=forms,
        own=frozenset(own),
        named=frozenset(_named(move, reader)),
        refers=bool(reader.reference.search(move.cite.sentence.text)),
    )


def rarity(subjects: Sequence[Subject]) -> Weights:
    """Return for each concept how much it tells: the fewer moves have it, the more."""
    counts = Counter(concept for s in subjects for concept in s.weights)
    return {c: math.log((len(subjects) + 1) / count) for c, count in counts.items()}


def without_titles(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Return subjects with the words of their sentences only."""
    return tuple(
        msgspec.structs.replace(
            s, weights={c: w for c, w in s.weights.items() if c in s.own}
        )
        for s in subjects
    )


def likeness(subjects: Sequence[Subject], rare: Weights) -> Floats:
    """Return the cosine of each two subjects, from 0 to 1."""
    shared = Counter(concept for s in subjects for concept in s.weights)
    columns = {c: at for at, c in enumerate(c for c, n in shared.items() if n > 1)}
    matrix = np.zeros((len(subjects), len(columns)))
    lengths = np.zeros(len(subjects))
    for at, subject in enumerate(subjects):
        weighed = {c: w * rare[c] for c, w in subject.weights.items()}
        lengths[at] = math.sqrt(sum(w * w for w in weighed.values()))
        for concept, weight in weighed.items():
            if concept in columns:
                matrix[at, columns[concept]] = weight
    matrix /= np.maximum(lengths, 1e-9)[:, None]
    found: Floats = matrix @ matrix.T
    return found


def telling_words(
    subjects: Iterable[Subject], rare: Weights, most: int
) -> tuple[str, ...]:
    """Return the words that weigh most in a group, as they are mostly written."""
    sums: dict[int, float] = {}
    forms: dict[int, Counter[str]] = {}
    for subject in subjects:
        for concept, weight in subject.weights.items():
            sums[concept] = sums.get(concept, 0.0) + weight * rare[concept]
            forms.setdefault(concept, Counter())[subject.forms[concept]] += 1
    ranked = sorted(sums, key=lambda c: (-sums[c], _usual(forms[c])))
    return tuple(_usual(forms[c]) for c in ranked[:most])


def name_of(words: Sequence[str], sentences: Sequence[str], most: int) -> str:
    """Return the first words, those that stand side by side as one: "Hong Kong"."""
    phrases = list(words)
    for one in words:
        for other in words:
            pair = f"{one} {other}"
            told = sum(pair in sentence for sentence in sentences)
            apart = sum(one in sentence for sentence in sentences)
            if one in phrases and other in phrases and 2 * told > apart:
                phrases[min(phrases.index(one), phrases.index(other))] = pair
                phrases = [p for p in phrases if p not in (one, other)]
    return ", ".join(phrases[:most])


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _named(move: Found, reader: Reader) -> Iterator[int]:
    for party in move.actors:
        for word in WORD.findall(f"{party['text']} {party['name']}"):
            if reader.lexemes[word].capital:
                yield reader.concept(word)


def _weighed(
    move: Found, grouping: Grouping, others: Sequence[int]
) -> Iterator[tuple[re.Match[str], float]]:
    """Yield the words of the sentence with what each weighs."""
    cite = move.cite
    words = list(WORD.finditer(cite.sentence.text))
    begins = [word.start() + cite.sentence.start for word in words]
    middle = bisect.bisect_left(begins, move.word["start"])
    for at, (word, place) in enumerate(zip(words, begins, strict=True)):
        weight = _weight(move, place, grouping, others)
        if move.content or abs(at - middle) <= grouping.near:
            yield word, weight
        else:
            yield word, weight * grouping.far


def _weight(
    move: Found, place: int, grouping: Grouping, others: Sequence[int]
) -> float:
    begin = move.word["start"]
    if _within(place, move.content):
        return 1.0
    if place == begin and not move.rule.names:
        return 0.0
    if _within(place, move.said):
        return grouping.said
    first, last = sorted((place, begin))
    if move.content or any(first <= o <= last and o != begin for o in others):
        return grouping.outside
    return grouping.before if place < begin else 1.0


def _within(place: int, spans: Iterable[Mapping[str, Any]]) -> bool:
    return any(span["start"] <= place < span["end"] for span in spans)

"""The tables of substitutions, one half of them in each half of the benchmark.

A row is `kind, from, to|to|…`. Kind `v` is a verb and `n` a noun, in all their forms;
`w` is taken as it stands. Every single pair of words belongs to one half by hash: what
a rewriter of the held-out half writes was never written in the tune half.
"""

from collections.abc import Iterator, Mapping

import msgspec

from bench.rewriting.sources import Half, half_of, read_rows
from bench.rewriting.words import inflect, plural

FORMS = ("s", "past", "part", "ing")
Table = Mapping[str, tuple[str, ...]]


class Pair(msgspec.Struct, frozen=True, order=True):
    """One substitution, in the words' base forms."""

    kind: str
    old: str
    new: str


def read_pairs(
    name: str = "synonyms.tsv", half: Half | None = None
) -> tuple[Pair, ...]:
    """Return the pairs of a table that belong to one half, or all."""
    return tuple(
        pair
        for kind, old, news in read_rows(name)
        for pair in (Pair(kind, old, new) for new in news.split("|"))
        if half is None or _half_of(pair) == half
    )


def compile_table(pairs: tuple[Pair, ...], half: Half | None = None) -> Table:
    """Return the substitutes of every form of every word, in the table's order.

    A form that several pairs make belongs to the half of the first of them.
    """
    owners: dict[tuple[str, str], Half] = {}
    for pair in pairs:
        for forms in _forms(pair):
            owners.setdefault(forms, _half_of(pair))
    table: dict[str, list[str]] = {}
    for (old, new), owner in owners.items():
        if new != old and half in {None, owner}:
            table.setdefault(old, []).append(new)
    return {old: tuple(news) for old, news in table.items()}


def _half_of(pair: Pair) -> Half:
    return half_of(f"{pair.old}>{pair.new}")


def _forms(pair: Pair) -> Iterator[tuple[str, str]]:
    yield pair.old, pair.new
    if pair.kind == "n":
        yield plural(pair.old), plural(pair.new)
    if pair.kind == "v":
        for form in FORMS:
            yield inflect(pair.old, form), inflect(pair.new, form)

"""Quantities count something; numbers in names, dates and scores do not."""

import datetime as dt
import tomllib
from typing import Any

import pytest

from onrecord.lexicon.files import DATA
from onrecord.lexicon.numbers import load_numbers
from onrecord.lexicon.timewords import load_timewords
from onrecord.model.annotation import Modifier, Quantity, Sentence
from onrecord.model.document import DateBasis, Document
from onrecord.understand.quantities import quantities_in
from onrecord.understand.times import times_in
from tests.support.trees import build_sentence
from tests.support.untagged import build_untagged

TIMEWORDS, NUMBERS = load_timewords(), load_numbers()
EXAMPLES = tomllib.loads(
    (DATA / "numbers" / "examples.toml").read_text(encoding="utf-8")
)["example"]


def find(text: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
    document = Document(
        doc_id="d",
        source_id="s",
        text=text,
        date=dt.date(2022, 1, 29),
        date_basis=DateBasis.GIVEN,
    )
    times = times_in(document, sentences, times=TIMEWORDS, numbers=NUMBERS)
    return quantities_in(sentences, times, words=TIMEWORDS, numbers=NUMBERS)


def find_untagged(text: str) -> tuple[Quantity, ...]:
    return find(text, build_untagged(text))


def as_row(text: str, quantity: Quantity) -> list[Any]:
    row = [
        quantity.span.of(text),
        quantity.value,
        quantity.of or "",
        quantity.modifier.value,
    ]
    return row if quantity.low is None else [*row, quantity.low, quantity.high]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["id"])
def test_an_example_is_read_as_it_says(example: dict[str, Any]) -> None:
    text = example["text"]
    assert [as_row(text, q) for q in find_untagged(text)] == example["found"]


def test_the_tree_names_what_is_counted() -> None:
    text, sentence = build_sentence(
        """
        Some some DET 2 advmod
        300 300 NUM 5 nummod
        elite elite ADJ 5 amod
        border border NOUN 5 compound
        guard guard NOUN 6 nsubj
        left leave VERB 0 root
        buses bus NOUN 6 obj
        """
    )
    (quantity,) = find(text, (sentence,))
    assert as_row(text, quantity) == [
        "Some 300 elite border guard",
        300,
        "guard",
        "about",
    ]


def test_the_tree_names_what_is_behind_of() -> None:
    text, sentence = build_sentence(
        """
        Dozens dozen NOUN 5 nsubj
        of of ADP 4 case
        riot riot NOUN 4 compound
        police police NOUN 1 nmod
        stood stand VERB 0 root
        """
    )
    (quantity,) = find(text, (sentence,))
    assert as_row(text, quantity) == [
        "Dozens of riot police",
        24,
        "police",
        "at_least",
    ]


def test_one_that_counts_nothing_is_a_pronoun() -> None:
    text, sentence = build_sentence(
        """
        One one NUM 3 nsubj
        boats boat NOUN 1 dep
        sank sink VERB 0 root
        """
    )
    assert find(text, (sentence,)) == ()


def test_a_number_inside_a_name_is_none() -> None:
    text, sentence = build_sentence(
        """
        Channel Channel PROPN 4 nsubj B-ORG
        4 4 NUM 1 nummod I-ORG
        viewers viewer NOUN 1 dep
        complained complain VERB 0 root
        """
    )
    assert find(text, (sentence,)) == ()


def test_without_a_noun_of_is_absent() -> None:
    (quantity,) = find_untagged("The blast killed at least 20.")
    assert (quantity.of, quantity.modifier) == (None, Modifier.AT_LEAST)


def test_no_quantity_overlaps_a_time() -> None:
    text = "In 2014 three brigades held out for three weeks, until 20 May."
    assert [q.span.of(text) for q in find_untagged(text)] == ["three brigades"]

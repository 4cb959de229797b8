"""The copies written by hand: strong, faithful, and quoting only what was quoted."""

import re

import pytest

from bench.rewriting.corpus import read_hand_rows
from bench.rewriting.draft import render
from bench.rewriting.minhash import shingles
from bench.rewriting.sources import HALVES, WRITTEN, half_of, read_sources

ROWS = read_hand_rows()
SOURCES = {s.source_id: render(s)[0] for s in read_sources()}
_QUOTED = re.compile(r'["“]([^"“”]+)["”]')
_LETTERS = re.compile(r"\w+")


def test_there_are_twenty_in_two_manners_and_in_both_halves():
    assert len({row["of"] for row in ROWS}) == 20
    assert [row["manner"] for row in ROWS].count("person") == 10
    for half in HALVES:
        assert sum(half_of(row["of"]) == half for row in ROWS) == 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_copy_shares_hardly_a_run_of_words_with_its_source(row):
    copy, source = shingles(row["text"]), shingles(SOURCES[row["of"]])
    assert len(copy & source) / len(copy | source) < 0.1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_copy_quotes_only_what_its_source_has(row):
    source = " ".join(_LETTERS.findall(SOURCES[row["of"]].lower()))
    for quoted in _QUOTED.findall(row["text"]):
        assert " ".join(_LETTERS.findall(quoted.lower())) in source


def test_the_sources_are_the_project_s_own():
    own = WRITTEN.read_text(encoding="utf-8")
    assert [r["id"] for r in ROWS if f'"id": "{r["of"]}"' not in own] == []

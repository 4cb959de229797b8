"""A few cases of the long fuzzing, and what it has found, made small."""

import datetime as dt

import pytest

from bench.fuzz.checks import Broken, check_layers, check_line, check_reports
from bench.fuzz.targets import FILES, run_case
from onrecord.model.document import Document
from onrecord.pipeline import code
from tests.support.real import annotate, real_kit
from tests.support.reports import report

SEED = 0
CASES = {"html": 10, "large": 3}


@pytest.mark.parametrize("target", FILES)
def test_files(target: str) -> None:
    for number in range(CASES.get(target, 40)):
        assert run_case(target, SEED, number) >= 0


@pytest.mark.parametrize(("target", "cases"), [("layers", 20), ("extract", 5)])
def test_texts(target: str, cases: int) -> None:
    real_kit()
    for number in range(cases):
        assert run_case(target, SEED, number) > 0


@pytest.mark.parametrize("date", [dt.date.min, dt.date.max])
@pytest.mark.parametrize("text", ["He left in March.", "They will meet last winter."])
def test_reports_of_the_first_and_the_last_day(text: str, date: dt.date) -> None:
    adoc = annotate(text, date)
    check_layers(adoc, code(adoc, kit=real_kit()))
    assert adoc.times


def test_a_wrong_id_is_seen() -> None:
    wrong = Document(doc_id="doc-1", source_id="a", text="They left.", file="a.txt")
    with pytest.raises(Broken, match="id of something else"):
        check_reports([wrong])


def test_silence_is_seen() -> None:
    with pytest.raises(Broken, match="nothing was said"):
        check_reports([])


def test_words_from_elsewhere_are_seen() -> None:
    line = {"cells": [{"spans": [{"start": 0, "end": 4, "text": "left"}]}]}
    with pytest.raises(Broken, match="'left' is not 'They'"):
        check_line(line, report("They left.").text)

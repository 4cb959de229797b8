import csv
import io
import json

import pytest


def test_series_come_as_lines_that_say_what_they_are(call, record):
    result = call("series", record, "--until", "2022-01-21")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    points = [line for line in lines if line["record"] == "point"]
    assert [(p["start"], p["counts"]["happened"]) for p in points] == [
        ("2022-01-20", 1),
        ("2022-01-21", 0),
    ]
    assert {line["record"] for line in lines} == {"point", "apart"}


def test_a_series_as_json_is_the_whole_shape(call, record):
    found = json.loads(
        call("series", record, "--step", "month", "--format", "json").out
    )
    assert (found["step"], found["start"], found["end"]) == (
        "month",
        "2022-01-01",
        "2022-01-31",
    )
    (month,) = found["points"]
    assert month["counts"] == {
        "happened": 1,
        "planned": 0,
        "hypothetical": 0,
        "negated": 1,
        "denied": 0,
    }


def test_a_series_as_text_has_a_line_for_each_day(call, record):
    out = call("series", record, "--format", "table").out
    days = [line[:10] for line in out.splitlines() if line.startswith("2022-")]
    assert days == ["2022-01-20", "2022-01-21", "2022-01-22"]


def test_a_series_as_csv_has_a_row_for_an_empty_day(call, record):
    out = call("series", record, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [
        (r["start"], r["event_type"], r["factuality"], r["count"]) for r in rows
    ] == [
        ("2022-01-20", "CONSULT", "happened", "1"),
        ("2022-01-21", "", "happened", "0"),
        ("2022-01-22", "CONSULT", "negated", "1"),
    ]


def test_too_many_steps_are_wrong_use(call, record):
    result = call("series", record, "--since", "1900-01-01")
    assert (result.code, result.out) == (2, "")
    assert "--step month" in result.err


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "tsv"])
def test_numbers_that_do_not_say_what_they_count_are_in_no_line(form, call, record):
    result = call("quantities", record, "--over-time", "--format", form)
    assert (result.code, result.err) == (0, "")
    assert "Rulers" not in result.out
    assert ("1 numbers say not" in result.out) == (form == "table")


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv"])
def test_a_record_without_moves_has_no_positions(form, call, record):
    result = call("positions", record, "--format", form)
    assert (result.code, result.err) == (0, "")
    assert "Rulers" not in result.out

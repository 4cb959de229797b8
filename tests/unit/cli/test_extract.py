"""`extract` and `run` with the shipped model and knowledge."""

import csv
import io
import json

import pytest

TEXT = (
    "Date: 2022-01-18\n\nRussia demanded security guarantees from NATO on Monday,"
    " Foreign Minister Sergei Lavrov said.\n"
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "r1.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def lines(result):
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_events_and_statements_come_by_default(call, report):
    records = lines(call("extract", report))
    assert {r["record"] for r in records} == {"event", "statement"}
    (demand,) = [r for r in records if r.get("event_type") == "REQUEST"]
    assert (demand["source_id"], demand["story_id"], demand["factuality"]) == (
        "r1",
        None,
        "happened",
    )
    assert [a["country"] for a in demand["actors"]] == ["RUS"]
    assert demand["when"]["from"] == "2022-01-17"


def test_every_span_covers_the_words_it_claims(call, report):
    def check(value):
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                assert TEXT[value["start"] : value["end"]] == value["text"]
            for inner in value.values():
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)

    records = lines(call("extract", report, "--layer", "all"))
    assert {r["record"] for r in records} >= {
        "event",
        "statement",
        "time",
        "place",
        "entity",
        "sentence",
        "syntax",
    }
    for record in records:
        check(record)


def test_json_is_one_array(call, report):
    result = call("extract", report, "--format", "json", "--layer", "sentences")
    (sentence,) = json.loads(result.out)
    assert sentence["text"].startswith("Russia demanded")


def test_a_sheet_holds_one_layer(call, report):
    result = call("extract", report, "--format", "tsv", "--layer", "statements")
    rows = csv.DictReader(io.StringIO(result.out), delimiter="\t")
    (row,) = [r for r in rows if r["cue"] == "said"]
    assert (row["speaker_words"], row["speaker_country"]) == (
        "Foreign Minister Sergei Lavrov",
        "RUS",
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "csv", "--layer", "all"],
        ["--format", "tsv", "--layer", "events", "--layer", "times"],
        ["--format", "plover", "--layer", "statements"],
        ["--layer", "verbs"],
        ["--format", "xml"],
    ],
)
def test_what_a_format_cannot_hold_is_wrong_use(options, call, report):
    result = call("extract", report, *options)
    assert (result.code, result.out) == (2, "")


def test_plover_records_go_to_a_file(call, report, tmp_path):
    written = tmp_path / "out.jsonl"
    result = call("extract", report, "--format", "plover", "-o", written)
    assert (result.code, result.out) == (0, "")
    records = [json.loads(line) for line in written.read_text().splitlines()]
    assert "REQUEST" in {r["event"][0] for r in records}
    assert records[0]["coder"].startswith("onrecord ")


def test_a_bad_report_costs_one_report(call, report, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = call("extract", tmp_path, "--layer", "sentences")
    assert result.code == 0
    assert len(result.out.splitlines()) == 1
    assert "rejected: " in result.err
    assert "2 read = 1 coded + 1 rejected" in result.err


def test_strict_leaves_with_3_when_a_report_was_rejected(call, report, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    assert call("extract", tmp_path, "--strict", "--layer", "sentences").code == 3


def test_a_missing_input_is_said(call, tmp_path):
    result = call("extract", tmp_path / "none.jsonl")
    assert (result.code, result.out) == (2, "")
    assert "does not exist" in result.err


def test_a_broken_file_of_own_actors_is_wrong_use(call, report, tmp_path):
    broken = tmp_path / "mine.tsv"
    broken.write_text("a\tb\n1\t2\n")
    result = call("extract", report, "--actors", broken)
    assert (result.code, result.out) == (2, "")
    assert "mine.tsv" in result.err


def test_a_damaged_model_is_said_without_a_traceback(call, report, monkeypatch):
    def fail():
        raise RuntimeError("no graph was found")

    monkeypatch.setattr("onrecord.understand.reader.load_reader", fail)
    result = call("extract", report)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("onrecord: the reader's model cannot be opened (no")
    assert "Traceback" not in result.err


def test_run_makes_a_record_and_ends_with_an_account_that_sums(call, report, tmp_path):
    result = call("run", tmp_path / "rec", report, "--quiet")
    assert result.code == 0, result.err
    assert result.out.startswith(
        "1 read = 1 coded + 0 rejected · 1 report = 1 story + 0 copies · "
    )
    assert result.err == ""


def test_a_second_run_does_nothing_again(call, report, tmp_path):
    call("run", tmp_path / "rec", report, "--quiet")
    result = call("run", tmp_path / "rec", report, "--quiet")
    assert result.out == (
        "1 read = 0 coded + 1 known + 0 rejected"
        " · 0 reports = 0 stories + 0 copies · 0 events\n"
    )


def test_a_folder_with_other_files_is_not_made_a_record(call, report, tmp_path):
    result = call("run", tmp_path, report, "--quiet")
    assert (result.code, result.out) == (1, "")
    assert "choose an empty or new folder" in result.err


def test_doctor_finds_all_in_order(call):
    result = call("doctor")
    assert result.code == 0, result.out
    assert result.out.count("ok  ") == len(result.out.splitlines())

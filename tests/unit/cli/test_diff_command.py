"""`onrecord diff`, and what `run` and `verify` say on the command line."""

import csv
import io
import json

import pytest

import onrecord
from onrecord.cli.coding import say_outdated
from onrecord.store.query import find_run
from tests.support.differing import make_record


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    return make_record(tmp_path_factory.mktemp("two") / "rec")


def test_text_begins_with_what_differs(call, two):
    result = call("diff", two, 1, 2)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Run 1 and run 2\n  program 0.test, the same\n")
    assert "frames/met#2 (type) new: 3 events" in result.out


def test_text_says_how_many_it_leaves_out(call, two):
    result = call("diff", two, 1, 2, "--limit", 1)
    assert result.out.endswith("the first 1 of 5 are shown; more with --limit\n")


def test_lines_are_a_summary_reports_and_differences(call, two):
    result = call("diff", two, 1, 2, "--format", "jsonl")
    kinds = [json.loads(line)["record"] for line in result.out.splitlines()]
    assert kinds == ["diff", *["diff_report"] * 3, *["difference"] * 5]


def test_sheet_has_a_row_a_cell(call, two):
    result = call("diff", two, 1, 2, "--format", "csv", "--limit", 1)
    (row,) = csv.DictReader(io.StringIO(result.out))
    assert (row["was_rule"], row["now_rule"]) == ("frames/met#1", "frames/met#2")


def test_page_goes_to_a_file(call, two, tmp_path):
    file = tmp_path / "diff.html"
    assert call("diff", two, 1, 2, "--format", "html", "-o", file).out == ""
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_run_that_is_not_there_is_wrong_use(call, two):
    result = call("diff", two, 1, 9)
    assert result.code == 2
    assert "no run '9'; the last runs are 1 (run-" in result.err


def test_python_has_the_same(two):
    found = onrecord.open_record(two).diff(1, 2, type="AGREE")
    assert [one["kind"] for one in found] == ["changed", "added", "added"]
    assert found.summary["events"]["changed"] == 1
    assert [one["why"] for one in found.reports()] == ["failed", "not_read"]
    assert repr(found) == "<difference of runs 1 and 2>"
    assert "<h1>Run 1 and run 2</h1>" in found._repr_html_()


def test_run_says_how_many_reports_other_versions_coded(two, capsys):
    say_outdated(two, find_run(two, "1"))
    assert capsys.readouterr().err == (
        "7 reports were coded by another program, lexicon or model; code them anew"
        f" with: onrecord run {two} --recode\n"
    )
    say_outdated(two, find_run(two, "2"))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "name an INPUT to read, or give --recode"),
        (["--recode", "--watch"], "--recode is for a run that ends"),
    ],
)
def test_run_without_anything_to_do_is_wrong_use(call, two, args, said):
    result = call("run", two, *args)
    assert result.code == 2
    assert said in result.err


def test_recoding_what_is_not_there_makes_no_record(call, tmp_path):
    result = call("run", tmp_path / "none", "--recode")
    assert result.code == 1
    assert "there is no such record" in result.err
    assert not (tmp_path / "none").exists()


def test_quick_verify_says_what_it_left_out(call, two):
    result = call("verify", two, "--quick")
    assert (result.code, result.out) == (0, "")
    assert "runs 1, 2 used model mod-1, which is not installed here" in result.err
    assert result.err.endswith("whole (cited words left out)\n")

import json

import pytest

from tests.support.briefs import make_brief_record


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return make_brief_record(tmp_path_factory.mktemp("told") / "rec")


def test_brief_is_text_without_colours_in_a_pipe(call, told):
    result = call("brief", told, "--since", "2022-01-12")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("New from 2022-01-12 to 2022-01-16\n")
    assert "\x1b" not in result.out


def test_brief_as_json_has_the_shape_of_the_view(call, told):
    result = call("brief", told, "--since", "2022-01-12", "--format", "json")
    made = json.loads(result.out)
    assert (made["since"], made["happenings"]) == ("2022-01-12", 7)
    assert made["parts"][0]["items"][0]["cite"]["event_id"] == "evt-more"


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<!doctype html>"), ("markdown", "# New from")]
)
def test_brief_is_written_to_a_file(form, begins, call, told, tmp_path):
    target = tmp_path / "brief"
    day = ("--since", "2022-01-12")
    result = call("brief", told, *day, "--format", form, "-o", target)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert target.read_text("utf-8").startswith(begins)


def test_brief_needs_a_day(call, told):
    result = call("brief", told)
    assert result.code == 2
    assert "--since" in result.err


def test_stories_come_as_lines_and_as_a_sheet(call, told):
    result = call("stories", told)
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [row["reports"] for row in rows] == [1, 2, 1, 1]
    sheet = call("stories", told, "--format", "csv", "--limit", "1").out.splitlines()
    assert sheet[0].startswith("story_id,original,source_id,title,date")
    assert sheet[1].startswith("sto-old,old,src-old,Before,2022-01-10,Gazette")


def test_one_story_is_text(call, told):
    result = call("stories", told, "sto-new")
    assert (result.code, result.err) == (0, "")
    assert "exact · Post, 2022-01-15 · 100% alike" in result.out


def test_one_story_is_no_sheet(call, told):
    result = call("stories", told, "sto-new", "--format", "csv")
    assert result.code == 2
    assert "one story is shown as text or jsonl" in result.err


def test_claims_come_as_text_and_as_lines(call, told):
    assert call("claims", told).out.startswith("1 denied = 1 with the claim")
    (line,) = call("claims", told, "--format", "jsonl").out.splitlines()
    assert json.loads(line)["basis"] == "denied"

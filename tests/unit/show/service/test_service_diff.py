"""Differences of runs over HTTP."""

from pathlib import Path

import pytest

from onrecord.show.service.guard import Rules
from tests.support.differing import make_record
from tests.unit.show.service.conftest import asker


@pytest.fixture(scope="module")
def ask_two(tmp_path_factory, page):
    path: Path = make_record(tmp_path_factory.mktemp("two") / "rec")
    return asker(path, Rules(), page)


def test_pages_follow_each_other(ask_two):
    first = ask_two("/api/diff?a=1&b=2&limit=3").json()
    rest = ask_two(f"/api/diff?a=1&b=2&limit=3&after={first['next']}").json()
    kinds = [item["kind"] for item in (*first["items"], *rest["items"])]
    assert kinds == ["changed", "added", "removed", "added", "removed"]
    assert first["summary"]["events"]["added"] == 2
    assert len(first["reports"]) == 3
    assert (rest["summary"], rest["reports"], rest["next"]) == (None, [], None)


def test_filters_choose(ask_two):
    answer = ask_two("/api/diff?a=1&b=2&type=AGREE").json()
    assert [item["kind"] for item in answer["items"]] == ["changed", "added", "added"]


@pytest.mark.parametrize(
    "asked", ["a=1", "a=1&b=9", "a=1&b=2&after=x", "a=1&b=no:1", "a=1&b=2&c=3"]
)
def test_wrong_use_is_told(ask_two, asked):
    answer = ask_two(f"/api/diff?{asked}")
    assert answer.status_code == 400
    assert answer.json()["error"]

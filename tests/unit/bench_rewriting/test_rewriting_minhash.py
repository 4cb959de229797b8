import pytest

from bench.rewriting.corpus import Report
from bench.rewriting.minhash import find_stories, shingles

pytest.importorskip("rensa")
LONG = " ".join(f"word{n}" for n in range(80))


def test_a_shorter_text_is_its_own_run():
    assert shingles("Update") == {"update"}
    assert shingles("one two three four five six") == {
        "one two three four five",
        "two three four five six",
    }


def test_near_copies_share_a_story_and_others_do_not():
    texts = {
        "a": LONG,
        "b": LONG + " and more",
        "c": " ".join(f"other{n}" for n in range(80)),
    }
    reports = [Report(id=i, date="2020-05-01", text=t) for i, t in texts.items()]
    stories = find_stories(reports)
    assert stories["a"] == stories["b"]
    assert stories["c"] != stories["a"]

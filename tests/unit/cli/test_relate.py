"""`relate` on the command line, with the shipped model."""

import json

import pytest

from onrecord.model.event import EventType

TEXT = "France imposed sanctions on Belarus on Monday."
PAIR = {"id": "p1", "text": TEXT, "actor": [0, 6], "recipient": [28, 35]}


@pytest.fixture
def pairs(tmp_path):
    def write(*rows):
        path = tmp_path / "pairs.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
        return path

    return write


def test_a_pair_gets_one_type_with_the_scores_of_all(call, pairs):
    result = call("relate", pairs(PAIR))
    assert result.code == 0, result.err
    [line] = map(json.loads, result.out.splitlines())
    assert line["id"] == "p1"
    assert line["event_type"] == "SANCTION"
    assert line["quad"] == 4
    assert line["factuality"] == "happened"
    assert list(line["scores"]) == list(map(str, EventType))
    assert sum(line["scores"].values()) == pytest.approx(1.0)
    assert max(line["scores"], key=line["scores"].get) == "SANCTION"
    trigger = line["trigger"]
    assert TEXT[trigger["start"] : trigger["end"]] == trigger["text"]


def test_lines_come_in_order_and_a_bad_one_is_told_of(call, pairs):
    bad = {**PAIR, "id": "p2", "actor": [0, 99]}
    result = call("relate", pairs({**PAIR, "id": 9}, bad, "{", {**PAIR, "id": "p3"}))
    assert result.code == 0
    assert [json.loads(line)["id"] for line in result.out.splitlines()] == [9, "p3"]
    assert "pairs.jsonl, line 2: the actor 0:99" in result.err
    assert "pairs.jsonl, line 3: not JSON" in result.err
    assert "4 read = 2 related + 2 rejected" in result.err


def test_strict_leaves_with_3(call, pairs):
    assert call("relate", "--strict", pairs(PAIR, "{")).code == 3


def test_a_file_that_is_not_there_is_wrong_use(call, tmp_path):
    result = call("relate", tmp_path / "none.jsonl")
    assert result.code == 2
    assert "no such file" in result.err


def test_parties_in_two_sentences_or_none_get_a_type_too(call, pairs):
    text = "France was angry. It sued Belarus. Talks ended."
    apart = {"id": 1, "text": text, "actor": [0, 6], "recipient": [26, 33]}
    nobody = {"id": 2, "text": text, "actor": None, "recipient": None}
    wordless = {"id": 3, "text": "-- ...", "actor": [0, 2], "recipient": [3, 6]}
    result = call("relate", pairs(apart, nobody, wordless))
    found = [json.loads(line)["event_type"] for line in result.out.splitlines()]
    assert result.code == 0, result.err
    assert len(found) == 3
    assert found[0] == "ACCUSE"

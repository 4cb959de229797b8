"""The stories told twice: labels that fit their words, reports that share few."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from bench.quality.shared import ROOT
from bench.quality.told_twice import GOLD
from bench.rewriting.minhash import shingles
from onrecord.model.event import EventType

TRAIN = ROOT / "training/annotations/told_twice.jsonl"
ROWS = [
    json.loads(line)
    for path in (GOLD, TRAIN)
    for line in path.read_text("utf-8").splitlines()
]
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def test_there_are_twelve_to_hold_out_twenty_to_tune_on_and_the_rest_to_train_on():
    halves = Counter(row["half"] for row in ROWS)
    assert halves == {"held-out": 12, "tune": 20, "train": 26}


def test_what_is_trained_on_is_kept_apart_from_what_is_measured_on():
    rows = [json.loads(line) for line in TRAIN.read_text("utf-8").splitlines()]
    titles = {
        row["id"]: set(re.findall('"([^"]+)"', row["facts"].split("Wikipedia")[-1]))
        for row in ROWS
    }
    trained_on = set().union(*(titles[row["id"]] for row in rows))
    measured_on = set().union(*(titles[r["id"]] for r in ROWS if r["half"] != "train"))
    assert {row["half"] for row in rows} == {"train"}
    assert trained_on & measured_on == set()


def test_ids_are_unique():
    ids = [row["id"] for row in ROWS]
    ids += [report["id"] for row in ROWS for report in row["reports"]]
    assert len(set(ids)) == len(ids)


@EACH
def test_labels_stand_where_they_say(row):
    texts = {report["id"]: report["text"] for report in row["reports"]}
    mentions = [m for h in row["happenings"] for m in h["mentions"]]
    words = [texts[m["report"]][m["start"] : m["end"]] for m in mentions]
    assert words == [m["text"] for m in mentions]
    assert [w for w in words if not re.fullmatch(r"\w(.*\w)?", w)] == []


@EACH
def test_labels_of_two_mentions_never_overlap(row):
    spans = sorted(
        (m["report"], m["start"], m["end"])
        for h in row["happenings"]
        for m in h["mentions"]
    )
    for (report, _, end), (other, start, _) in pairwise(spans):
        assert report != other or end <= start


@EACH
def test_happenings_have_a_name_of_their_own_a_type_and_a_status(row):
    happenings = row["happenings"]
    assert len({h["name"] for h in happenings}) == len(happenings)
    assert {h["type"] for h in happenings} <= set(EventType)
    assert {h["status"] for h in happenings} <= {"happened", "ahead", "not_so"}


@EACH
def test_some_happenings_are_told_in_both_reports_and_some_in_one(row):
    told_in = [len({m["report"] for m in h["mentions"]}) for h in row["happenings"]]
    assert told_in.count(2) >= 2
    assert told_in.count(1) >= 2


@EACH
def test_the_two_reports_share_hardly_a_run_of_words(row):
    first, second = (shingles(report["text"]) for report in row["reports"])
    assert len(first & second) / len(first | second) < 0.02


@EACH
def test_nothing_is_quoted(row):
    assert [r["id"] for r in row["reports"] if re.search('["“”«»]', r["text"])] == []


@pytest.mark.parametrize("half", ["held-out", "train"])
def test_every_type_is_told_in_both_reports_somewhere_in_the_half(half):
    both = Counter(
        h["type"]
        for row in ROWS
        if row["half"] == half
        for h in row["happenings"]
        if len({m["report"] for m in h["mentions"]}) == 2
    )
    assert sorted(set(EventType) - set(both)) == []

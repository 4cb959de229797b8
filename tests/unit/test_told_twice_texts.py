"""The stories told twice: labels that fit their words, reports that share few."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from bench.quality.told_twice import GOLD
from bench.rewriting.minhash import shingles
from onrecord.model.event import EventType

ROWS = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def test_there_are_twelve_to_hold_out_and_eight_to_tune_on():
    assert Counter(row["half"] for row in ROWS) == {"held-out": 12, "tune": 8}


def test_ids_are_unique():
    ids = [row["id"] for row in ROWS]
    ids += [report["id"] for row in ROWS for report in row["reports"]]
    assert len(set(ids)) == 60


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


def test_every_type_is_told_in_both_reports_somewhere_in_the_held_out_half():
    both = Counter(
        h["type"]
        for row in ROWS
        if row["half"] == "held-out"
        for h in row["happenings"]
        if len({m["report"] for m in h["mentions"]}) == 2
    )
    assert sorted(set(EventType) - set(both)) == []

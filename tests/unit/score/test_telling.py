"""Scores as tables and in plain words."""

from onrecord.score.scoring import LAYERS, find_missed, score
from onrecord.score.telling import (
    make_tables,
    tell_missed,
    tell_remarks,
    write_markdown,
    write_text,
)
from tests.support.scores import act, report

GOLD = [report(act(), act("it", unsure=True, sentence=None), key="r1")]
DOUBTFUL = (
    "Of the gold events, 1 are doubtful (`unsure`): 0 matched and counted, 1 neither"
    " matched nor missed."
)
GIVEN = [report(act(factuality="denied"), key="r1"), report(key="r9")]


def test_text_has_counts_in_columns():
    lines = list(write_text(make_tables(score(GOLD, GIVEN, layers=LAYERS))))
    assert "Events" in lines
    (typed,) = [line for line in lines if line.startswith("  type right")]
    assert typed.split() == ["type", "right", "100.0", "100.0", "100.0", "1", "1", "1"]
    assert "  happened  denied       1" in lines


def test_markdown_has_the_same_tables():
    lines = list(write_markdown(make_tables(score(GOLD, GIVEN, layers=LAYERS))))
    assert "## Event types" in lines
    assert "| THREATEN | 100.0 | 100.0 | 100.0 | 1 | 1 | 1 |" in lines


def test_remarks_say_what_was_left_out():
    remarks = tell_remarks(score(GOLD, GIVEN, layers=LAYERS))
    assert remarks == (
        "Gold has 1 report.",
        "Left out, since gold does not have them: 1 report (r9).",
        DOUBTFUL,
    )


def test_silent_reports_are_named():
    (_, silent) = tell_remarks(score([report(act())], [], layers=LAYERS))
    assert silent == (
        "No line was given for 1 of them, so all that gold has there counts as missed:"
        " r1."
    )


def test_a_missed_event_is_one_line():
    (missed,) = find_missed([report(act())], [])
    line = tell_missed(missed)
    assert line == "missed | r1 | THREATEN | warned | Chad warned Mali."

"""All figures together: what stood beside each other, and what did not."""

import pytest

from onrecord.model.span import Span
from onrecord.score.intervals import find_intervals
from onrecord.score.scoring import LAYERS, find_missed, layers_of, score
from onrecord.score.shapes import Copied, Report
from tests.support.scores import act, report, said


def test_reports_meet_by_any_of_their_ids():
    gold = [report(act(), key="r1")]
    given = [Report(keys=("seventh", "r1"), events=(act(),))]
    assert score(gold, given, layers=LAYERS).events.typed.right == 1


def test_a_gold_report_without_a_line_is_said_and_missed():
    scores = score(
        [report(act(), key="r1"), report(act(), key="r2")],
        [report(act(), key="r2"), report(act(), key="r3")],
        layers=LAYERS,
    )
    assert scores.coverage.silent == ("r1",)
    assert scores.coverage.unknown == ("r3",)
    assert (scores.events.typed.right, scores.events.typed.gold) == (1, 2)
    assert scores.events.typed.given == 1


def test_only_layers_that_gold_has_and_that_are_asked_for():
    gold = [report(act(), statements=(said(),))]
    assert layers_of(gold) == ("events", "statements")
    scores = score(gold, gold, layers=("statements",))
    assert scores.events is None
    assert scores.statements.said.right == 1
    assert scores.marked == {}


def test_doubtful_and_outside_and_uncompared_are_counted():
    gold = report(
        act(unsure=True),
        act("left", unsure=True, event_type="AID"),
        act("it", sources=None),
        judged=(Span(0, 28), Span(41, 43)),
    )
    given = report(act(), act("it"), act("denied"))
    coverage = score([gold], [given], layers=LAYERS).coverage
    assert coverage.partial == 1
    assert coverage.doubtful == {"events": (2, 1)}
    assert coverage.outside == {"events": 1}
    assert coverage.uncompared == {"by": 1}


def test_missed_are_the_sure_ones():
    gold = [report(act(), act("left", event_type="RETREAT"), act("it", unsure=True))]
    (missed,) = find_missed(gold, [report(act())])
    assert (missed.report, missed.event.event_type) == ("r1", "RETREAT")


def test_stories_are_scored_over_all_reports():
    def copied(key, story):
        return Report(keys=(key,), copy=Copied(story=story, relation=None))

    gold = [copied("a", "1"), copied("b", "1"), copied("c", "2")]
    given = [copied("a", "x"), copied("b", "x"), copied("c", "x")]
    pairs = score(gold, given, layers=("copies",)).copies.pairs
    assert (pairs.right, pairs.given, pairs.gold) == (1, 3, 1)


def test_intervals_hold_the_figure_and_repeat():
    gold = [report(act(), key=f"r{n}") for n in range(12)]
    given = [report(*(act(),) * (n % 3 != 0), key=f"r{n}") for n in range(12)]
    scores = score(gold, given, layers=LAYERS)
    low, high = scores.intervals["typed"]
    assert low < scores.events.typed.f < high
    assert score(gold, given, layers=LAYERS).intervals == scores.intervals
    assert "said" not in scores.intervals


def test_few_reports_have_no_interval():
    assert find_intervals([{"typed.right": 1.0, "typed.gold": 1.0}] * 4) == {}


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_reports_changes_nothing(reverse):
    gold = [report(act(), act("left"), key=f"r{n}") for n in range(6)]
    given = [report(*(act(),) * (n % 2), key=f"r{n}") for n in range(6)]
    other = list(reversed(gold)) if reverse else gold
    assert score(other, given, layers=LAYERS) == score(gold, given, layers=LAYERS)

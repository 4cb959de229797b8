"""The figures of events, written out for small cases."""

import pytest

from onrecord.model.span import Span
from onrecord.score.counting import Share, total
from onrecord.score.events import count_events, event_figures, missed_events
from tests.support.scores import CHAD, MALI, act, report


def figures(gold, given, **parts):
    return event_figures(count_events(report(*gold, **parts), report(*given)))


def test_f1_of_found_typed_and_dyads():
    found = figures(
        [act(), act("left")],
        [
            act(recipients=()),
            act("left", event_type="ACCUSE"),
            act("denied", sentence=None),
        ],
    )
    assert (found.found.right, found.found.given, found.found.gold) == (2, 3, 2)
    assert found.found.f == pytest.approx(80.0)
    assert (found.typed.right, found.typed.given, found.typed.gold) == (1, 3, 2)
    assert found.dyad.right == 0


def test_a_doubtful_event_counts_only_where_it_is_matched():
    doubtful = act(unsure=True)
    assert figures([doubtful], []).typed.gold == 0
    matched = figures([doubtful], [act()]).typed
    assert (matched.right, matched.given, matched.gold) == (1, 1, 1)
    assert missed_events(report(doubtful, act("left")), report()) == (act("left"),)


def test_unreal_is_of_all_that_is_called_happened():
    found = figures(
        [act(factuality="planned"), act("left", event_type="ACCUSE")],
        [act(), act("left"), act("denied"), act("it", factuality="denied")],
    )
    assert found.unreal == Share(pytest.approx(200 / 3), 3)


def test_factuality_is_judged_among_the_typed():
    gold = [act(), act("left", factuality="denied"), act("denied", event_type="AID")]
    found = figures(gold, [act(), act("left"), act("denied")])
    assert found.fact == Share(50.0, 2)
    assert found.kappa == pytest.approx(0.0)
    assert found.confusion == {"denied>happened": 1}


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [((), (), 100), ((CHAD,), (), 0), ((MALI, CHAD), (CHAD,), 100), ((), (CHAD,), 0)],
    ids=["own voice", "missing", "the innermost counts", "too many"],
)
def test_on_whose_word(gold, given, right):
    found = figures([act(sources=gold)], [act(sources=given)])
    assert found.by == Share(right, 1)


def test_by_type_counts_gold_given_and_right():
    found = figures([act(), act("left", event_type="RETREAT")], [act(), act("denied")])
    threaten, retreat = found.by_type["THREATEN"], found.by_type["RETREAT"]
    assert (threaten.right, threaten.given, threaten.gold) == (1, 2, 1)
    assert (retreat.right, retreat.given, retreat.gold) == (0, 0, 1)


def test_cells_that_gold_lacks_are_said_and_not_counted():
    bare = act(factuality=None, actors=None, recipients=None, sources=None)
    counts = count_events(report(bare), report(act()))
    found = event_figures(counts)
    assert found.typed.right == 1
    assert (found.dyad, found.fact, found.by, found.kappa) == (None, None, None, None)
    assert found.unreal is None
    assert counts["uncompared.parties"] == 1
    assert counts["uncompared.factuality"] == 1
    assert counts["uncompared.by"] == 1


def test_where_gold_was_asked_at_some_places_the_others_do_not_count():
    apart = Span(33, 40)
    judged = (act().trigger, apart)
    counts = count_events(
        report(act(), judged=judged), report(act(), act("left"), act("denied"))
    )
    typed = event_figures(counts).typed
    assert counts["events.outside"] == 1
    assert (typed.right, typed.given, typed.gold) == (1, 2, 1)


def test_counts_of_reports_add_up():
    one = count_events(report(act()), report(act()))
    other = count_events(report(act("left")), report())
    whole = event_figures(total([one, other])).typed
    assert (whole.right, whole.given, whole.gold) == (1, 1, 2)

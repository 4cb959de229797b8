"""The figures of relations."""

import pytest

from onrecord.score.counting import total
from onrecord.score.relations import count_relations, relation_figures
from onrecord.score.shapes import Related, Report


def related(event_type, quad=None):
    return Report(keys=("s",), relation=Related(event_type=event_type, quad=quad))


def figures(*pairs):
    return relation_figures(total(count_relations(g, p) for g, p in pairs))


def test_yielding_is_one_class():
    found = figures((related("YIELD"), related("RETREAT")))
    assert found.root.accuracy == 100
    assert found.quad is None


def test_macro_f1_is_over_the_classes_of_gold():
    found = figures(
        (related("AID", 2), related("AID", 2)),
        (related("AID", 2), related("ACCUSE", 3)),
        (related("REJECT", 3), related("REJECT", 3)),
    )
    assert found.root.by_class == {"AID": pytest.approx(200 / 3), "REJECT": 100.0}
    assert found.root.macro_f1 == pytest.approx(250 / 3)
    assert found.quad.accuracy == pytest.approx(200 / 3)


def test_against_a_set_a_relation_counts_by_its_type():
    given = related("SANCTION", 3)
    assert figures((related("SANCTION", 4), given)).quad.accuracy == 0
    of_set = Report(keys=("s",), relation=Related(None, 4, is_set=True))
    assert figures((of_set, given)).quad.accuracy == 100


def test_what_was_not_given_is_wrong():
    assert figures((related("AID", 2), Report(keys=("",)))).root.accuracy == 0

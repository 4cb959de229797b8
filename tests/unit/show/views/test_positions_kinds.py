import pytest

from onrecord.model.event import EventType
from onrecord.ontology import load_ontology
from onrecord.records import event_record, statement_record
from onrecord.show.views.positions_kinds import (
    load_position_rules,
    reference,
    rule_of_event,
    rule_of_statement,
)
from onrecord.show.views.positions_shape import MoveKind
from tests.support import real

RULES = load_position_rules()


def test_ids_are_unique_and_every_rule_is_of_a_type_or_an_act():
    ids = [rule.id for rule in RULES.move]
    assert len(set(ids)) == len(ids)
    for rule in RULES.move:
        assert (rule.event_type is None) != (rule.act is None), rule.id
        assert rule.event_type is None or rule.event_type in set(EventType), rule.id


def test_every_kind_of_move_has_a_rule():
    assert {rule.kind for rule in RULES.move} == set(MoveKind)


@pytest.mark.parametrize("rule", RULES.move, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_is_such_a_move(rule):
    coded = real.code_text(rule.example)
    ontology = load_ontology()
    events = [event_record(e, coded.document, ontology=ontology) for e in coded.events]
    said = [statement_record(s, coded.document) for s in coded.statements]
    found = [rule_of_event(event, RULES) for event in events]
    found += [rule_of_statement(statement, RULES) for statement in said]
    assert rule.id in {fitting.id for fitting in found if fitting}


@pytest.mark.parametrize(
    ("sentence", "refers"),
    [
        ("NATO rejected the demand.", True),
        ("He called that Russian proposal a joke.", True),
        ("Sudan rejected the demand to close the camps.", False),
        ("Sudan rejected a demand.", False),
        ("They demand an answer.", False),
    ],
)
def test_a_reference_does_not_say_which_demand(sentence, refers):
    assert bool(reference(RULES.words).search(sentence)) == refers


def event(**cells):
    return {
        "event_type": "REQUEST",
        "mode": None,
        "factuality": "happened",
        "rule": "frames/request.demand#1",
        "trigger": {"text": "demanded"},
        "condition": None,
        "recipients": [],
        **cells,
    }


def kind(**cells):
    rule = rule_of_event(event(**cells), RULES)
    return rule and rule.kind


def test_a_demand_that_was_not_made_is_no_move():
    assert kind() is MoveKind.DEMAND
    assert kind(factuality="denied") is None
    assert kind(factuality="hypothetical") is None


def test_sanctions_for_a_case_are_a_threat_and_others_no_move():
    condition = {"start": 0, "end": 2, "text": "if"}
    cells = {"event_type": "SANCTION", "rule": "frames/sanction.sanction"}
    assert kind(**cells, factuality="hypothetical", condition=condition) is (
        MoveKind.THREATEN
    )
    assert kind(**cells, factuality="hypothetical") is None
    assert kind(**cells) is None


def test_to_be_called_a_threat_is_no_threat():
    cells = {"event_type": "THREATEN", "rule": "frames/threaten.threaten"}
    assert kind(**cells, trigger={"text": "threat"}) is None
    assert kind(**cells, trigger={"text": "threatened"}) is MoveKind.THREATEN


def test_what_somebody_will_do_for_nobody_is_no_offer():
    cells = {"event_type": "AGREE", "rule": "frames/agree.will-do"}
    assert kind(**cells, factuality="planned") is None
    assert kind(**cells, factuality="planned", recipients=[{}]) is MoveKind.OFFER


def test_whoever_rejects_an_allegation_answers_no_demand():
    said = {
        "cue": {"text": "rejected"},
        "act": "reject",
        "sentence": {"text": "Sudan rejected the allegations."},
        "content": [{"text": "the allegations"}],
    }
    assert rule_of_statement(said, RULES) is None
    content = [{"text": "the demand to leave"}]
    rule = rule_of_statement({**said, "content": content}, RULES)
    assert rule is not None
    assert rule.id == "reject.act"

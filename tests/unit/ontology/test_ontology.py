import pytest

from onrecord.errors import LexiconError
from onrecord.model.event import EventType
from onrecord.ontology import load_ontology


def test_every_type_has_scores_and_a_quad_class():
    types = load_ontology().event_types
    assert set(types) == set(EventType)
    assert {e.quad for e in types.values()} == {1, 2, 3, 4}


def test_the_file_uses_no_alternative():
    assert load_ontology().in_force == ()


@pytest.mark.parametrize(
    ("name", "event_type", "field", "ours", "theirs"),
    [
        ("sanction-verbal", "SANCTION", "quad", 4, 3),
        ("accuse-positive", "ACCUSE", "score", -3.0, 3.0),
        ("protest-recipient", "PROTEST", "needs_recipient", False, True),
    ],
)
def test_an_alternative_replaces_one_value(name, event_type, field, ours, theirs):
    plain, other = load_ontology(), load_ontology((name,))
    assert getattr(plain.event_types[event_type], field) == ours
    assert getattr(other.event_types[event_type], field) == theirs
    same = [t for t in EventType if plain.event_types[t] == other.event_types[t]]
    assert len(same) == 15


def test_every_alternative_says_where_and_why():
    assert all(a.manual and a.reason for a in load_ontology().alternatives.values())


def test_an_alternative_that_is_not_there_is_refused():
    with pytest.raises(LexiconError, match="no alternative nonsense"):
        load_ontology(("nonsense",))


@pytest.mark.parametrize(
    ("event_type", "mode", "score"),
    [
        ("RETREAT", None, 6.5),
        ("RETREAT", "disarm", 10.0),
        ("PROTEST", "vandalize", -5.0),
        ("ASSAULT", "unconventional", -10.0),
    ],
)
def test_a_mode_has_its_own_score(event_type, mode, score):
    assert load_ontology().score(event_type, mode) == score


@pytest.mark.parametrize(
    ("event_type", "mode", "root"),
    [
        ("ACCUSE", None, "11"),
        ("ACCUSE", "investigate", "09"),
        ("ASSAULT", "abduct", "18"),
        ("ASSAULT", "aerial", "19"),
        ("ASSAULT", "unconventional", "20"),
        ("CONCEDE", None, "08"),
        ("RETREAT", "release", "08"),
    ],
)
def test_the_cameo_root_follows_type_and_mode(event_type, mode, root):
    assert load_ontology().cameo(event_type, mode) == root

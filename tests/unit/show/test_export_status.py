import pytest

from onrecord.show.export.status import auxiliaries, reduced
from tests.support.lines import build_event


@pytest.mark.parametrize(
    ("event_type", "factuality", "coded"),
    [
        ("ASSAULT", "happened", ("ASSAULT", "drone")),
        ("ASSAULT", "hypothetical", ("THREATEN", "violence")),
        ("ASSAULT", "planned", None),
        ("CONSULT", "planned", ("AGREE", None)),
        ("RETREAT", "planned", ("CONCEDE", None)),
        ("CONSULT", "negated", None),
        ("CONSULT", "denied", None),
    ],
)
def test_type_and_status_become_one_type_where_the_codebook_has_it(
    event_type, factuality, coded
):
    event = build_event(event_type=event_type, factuality=factuality, mode="drone")
    assert reduced(event) == coded


@pytest.mark.parametrize(
    ("event_type", "factuality", "found"),
    [
        ("ASSAULT", "happened", []),
        ("ASSAULT", "hypothetical", []),
        ("ASSAULT", "planned", ["future"]),
        ("CONSULT", "hypothetical", ["hypothetical"]),
        ("CONSULT", "negated", ["negation"]),
        ("CONSULT", "denied", ["negation"]),
    ],
)
def test_what_no_rule_covers_has_an_auxiliary_mode(event_type, factuality, found):
    event = build_event(event_type=event_type, factuality=factuality)
    assert auxiliaries(event) == found


def test_an_event_that_did_not_happen_keeps_its_type_when_asked_for():
    event = build_event(event_type="PROTEST", factuality="denied", mode="riot")
    assert reduced(event, unreal=True) == ("PROTEST", "riot")

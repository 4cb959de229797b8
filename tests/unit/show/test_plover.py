import pytest

from onrecord.ontology import load_ontology
from onrecord.show.export.plover import plover_record
from tests.support.lines import build_event, build_party

REPORT = {
    "date": "2022-01-29",
    "title": "A demand",
    "url": None,
    "outlet": "Demo Wire",
    "language": "en",
}
UKRAINE = build_party("officials", "Ukraine", country="UKR", sectors=["GOV"])


def export(**fields):
    event = build_event(**fields)
    return plover_record(event, REPORT, ontology=load_ontology(), coder="onrecord 0")


def test_a_happened_event_is_written_as_the_codebook_has_it():
    assert export(recipients=[UKRAINE]) == {
        "id": "evt-0123456789abcdef0123",
        "date": "2022-01-29",
        "actor": [
            {
                "code": "RUS",
                "sector": "GOV",
                "entity_text": "Russia",
                "identifier_text": "Russia",
            }
        ],
        "recipient": [
            {
                "code": "UKR",
                "sector": "GOV",
                "entity_text": "officials",
                "identifier_text": "Ukraine",
            }
        ],
        "event": ["REQUEST"],
        "event_text": ["demanded"],
        "quad_code": 3,
        "event_scale": 0.0,
        "text_info": {"start": 100, "end": 169},
        "cite_info": {
            "title": "A demand",
            "publication": "Demo Wire",
            "language": "en",
            "codebook": "PLOVER",
            "version": "2.0",
        },
        "coder": "onrecord 0",
    }


@pytest.mark.parametrize(
    ("event_type", "factuality", "written"),
    [
        ("ASSAULT", "hypothetical", "THREATEN"),
        ("SUPPORT", "planned", "AGREE"),
        ("CONSULT", "planned", "AGREE"),
        ("COOPERATE", "planned", "AGREE"),
        ("AID", "planned", "AGREE"),
        ("RETREAT", "planned", "CONCEDE"),
        ("CONCEDE", "planned", "CONCEDE"),
    ],
)
def test_a_type_with_its_status_becomes_the_type_it_equals(
    event_type, factuality, written
):
    record = export(
        event_type=event_type, factuality=factuality, mode=None, recipients=[UKRAINE]
    )
    assert record["event"] == [written]


def test_the_scale_and_quad_are_those_of_the_type_that_is_written():
    record = export(event_type="ASSAULT", factuality="hypothetical", mode="drone")
    assert (record["mode"], record["quad_code"], record["event_scale"]) == (
        ["violence"],
        3,
        -3.5,
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"factuality": "denied"}, "denied, not happened"),
        ({"factuality": "negated"}, "negated, not happened"),
        ({"factuality": "planned"}, "planned, not happened"),
        ({"actors": []}, "no actor with a code"),
        ({"actors": [build_party("Russia", "the West")]}, "no actor with a code"),
        ({"event_type": "AID"}, "AID without a recipient"),
    ],
)
def test_what_plover_cannot_hold_is_left_out_with_the_reason(fields, reason):
    assert export(**fields) == reason


def test_an_undated_event_of_an_undated_report_is_left_out():
    event = build_event()
    report = {**REPORT, "date": None}
    assert (
        plover_record(event, report, ontology=load_ontology(), coder="c") == "no date"
    )


def test_an_event_of_long_ago_keeps_the_status():
    assert export(historical=True)["mode"] == ["historical"]

import pytest

from onrecord.lexicon.sizes import load_sizes
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
    assert export(historical=True)["context"] == ["historical"]


def quantity(text, value, of):
    return {"text": text, "value": value, "of": of, "modifier": "exact"}


def sizes(trigger, *quantities):
    recipients = [UKRAINE]
    event = build_event(recipients=recipients, quantities=list(quantities))
    event = {**event, "trigger": {**event["trigger"], "text": trigger}}
    record = plover_record(event, REPORT, ontology=load_ontology(), coder="c")
    return record.get("size")


@pytest.mark.parametrize("size", load_sizes().size, ids=lambda s: s.id)
def test_an_example_of_a_size_is_told_by_its_words(size):
    example = size.example
    given = quantity(example.text, 9.0, example.of)
    assert sizes(example.trigger, given) == {size.id: 9}


def test_a_noun_tells_its_size_beside_another_number():
    dead, hurt = quantity("24 dead", 24.0, "dead"), quantity("6 hurt", 6.0, "injured")
    assert sizes("attack", dead, hurt) == {"dead": 24, "injured": 6}


def test_two_numbers_of_people_are_not_told_apart_by_one_trigger():
    two = quantity("ten people", 10.0, "people"), quantity("six others", 6.0, "others")
    assert sizes("killed", *two) is None


def test_what_is_no_number_of_people_is_no_size():
    assert sizes("killed", quantity("three hopes", 3.0, "hopes")) is None

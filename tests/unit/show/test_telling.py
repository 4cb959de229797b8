from onrecord.show.telling import telling_events
from tests.support.lines import build_event, build_party, build_span

BY = [build_party("officials", "officials", anonymous=True, cue=build_span("said"))]


def event(name, doc, **fields):
    return build_event(event_id=name, doc_id=doc, **fields)


def test_one_event_of_each_kind_is_chosen():
    events = [
        event("e1", "d1"),
        event("e2", "d2", event_type="THREATEN", condition=build_span("or")),
        event("e3", "d3", factuality="denied", attribution=BY),
        event("e4", "d4", event_type="AID", factuality="hypothetical"),
        event("e5", "d5", event_type="MOBILIZE", quantities=[{"value": 5000}]),
        event("e6", "d6", event_type="CONSULT"),
    ]
    chosen = telling_events(events)
    assert [(kind, e["event_id"]) for kind, e in chosen] == [
        ("a demand", "e1"),
        ("a threat on a condition", "e2"),
        ("a denial", "e3"),
        ("feared or asked for, not a fact", "e4"),
        ("a happening with a number", "e5"),
    ]


def test_known_parties_on_both_sides_go_before_a_sure_reading():
    kyiv = [build_party("officials", "Ukraine", country="UKR")]
    events = [
        event("e1", "d1", confidence=0.99),
        event("e2", "d2", confidence=0.5, recipients=kyiv),
        event("e3", "d3", confidence=0.6, recipients=kyiv),
        event("e4", "d4", confidence=0.9, recipients=[build_party("or", "who")]),
    ]
    assert telling_events(events)[0][1]["event_id"] == "e3"


def test_of_equally_sure_ones_the_fullest_is_taken():
    events = [event("e1", "d1"), event("e2", "d2", mode="change")]
    assert telling_events(events)[0][1]["event_id"] == "e2"


def test_no_two_from_one_report_while_there_is_a_choice():
    events = [
        event("e1", "d1"),
        event("e2", "d1", factuality="denied", attribution=BY, mode="change"),
        event("e3", "d2", factuality="denied", attribution=BY),
    ]
    assert [e["event_id"] for _, e in telling_events(events)] == ["e1", "e3"]


def test_a_kind_the_record_lacks_is_passed_over():
    assert telling_events([]) == ()

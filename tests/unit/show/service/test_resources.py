"""Each address answers with what its view returns."""

import gzip

import pytest

PLAIN = [
    "record",
    "facets",
    "events",
    "statements",
    "happenings",
    "stories",
    "reports",
    "brief?since=2022-01-20",
    "series?step=week",
    "positions",
    "numbers",
    "claims",
    "map",
    "network",
    "openapi.json",
]


@pytest.mark.parametrize("path", PLAIN)
def test_every_address_answers(ask, path):
    answer = ask(f"/api/{path}")
    assert answer.status_code == 200
    assert answer.json()


def test_the_record_at_a_glance(ask):
    found = ask("/api/record").json()
    assert found["counts"].pop("happenings") > 0
    assert found["counts"] == {
        "reports": 4,
        "stories": 3,
        "events": 3,
        "statements": 1,
        "rejected": 0,
    }
    assert (found["first_date"], found["last_date"]) == ("2022-01-20", "2022-01-23")
    assert found["runs"][0]["number"] == 1


@pytest.mark.parametrize("order", ["when", "-when", "confidence", "report", "-report"])
def test_pages_show_every_event_once(ask, order):
    seen, after = [], None
    while True:
        asked = {"limit": 2, "order": order} | ({"after": after} if after else {})
        found = ask("/api/events", params=asked).json()
        seen += [event["event_id"] for event in found["items"]]
        after = found["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == found["total"] == 3


def test_orders_turn_round(ask):
    days = [e["date"] for e in ask("/api/events?order=-report").json()["items"]]
    assert days == ["2022-01-23", "2022-01-22", "2022-01-20"]


def test_an_event_has_its_words_and_its_copies(ask):
    listed = ask("/api/events?order=report").json()["items"][0]
    found = ask(f"/api/events/{listed['event_id']}").json()
    assert found["event"]["event_id"] == listed["event_id"]
    assert [c["outlet"] for c in found["copies"]] == ["Herald"]
    assert found["happening"]["happening_id"] == listed["happening_id"]
    assert {"cell": "type", "start": 7, "end": 10, "start16": 7, "end16": 10} in found[
        "marks"
    ]


def test_marks_after_emoji_are_where_a_script_finds_them(ask):
    (listed,) = ask("/api/events?factuality=negated").json()["items"]
    found = ask(f"/api/events/{listed['event_id']}").json()
    (mark,) = [m for m in found["marks"] if m["cell"] == "type"]
    units = found["sentence"]["text"].encode("utf-16-le")
    cut = units[2 * mark["start16"] : 2 * mark["end16"]]
    assert cut.decode("utf-16-le") == "met"


def test_a_report_has_its_text_and_marks(ask):
    (row,) = ask("/api/reports?factuality=negated").json()["items"]
    found = ask(f"/api/reports/{row['doc_id']}").json()
    (event,) = found["marks"]
    units = found["text"].encode("utf-16-le")
    place = event["sentence"]
    cut = units[2 * place["start16"] : 2 * place["end16"]]
    assert cut.decode("utf-16-le") == found["text"]


def test_words_must_all_be_in_a_report(ask):
    assert ask("/api/reports?q=ENVOY troops").json()["total"] == 2
    assert ask("/api/reports?q=envoy nobody").json()["total"] == 0


def test_a_happening_has_its_mentions(ask):
    row = ask("/api/happenings").json()["items"][0]["happening"]
    found = ask(f"/api/happenings/{row['happening_id']}").json()
    told = [mention["cite"]["event_id"] for mention in found["mentions"]]
    assert len(told) == len(set(told)) == found["mention_count"] == row["events"]


def test_the_map_counts_events_by_place(ask):
    found = ask("/api/map").json()
    (point,) = found["points"]
    assert (point["name"], point["count"]) == ("Minsk", 3)
    assert point["by_factuality"] == {"happened": 2, "negated": 1}
    assert (found["areas"], found["nowhere"], found["more"]) == ([], 0, 0)


def test_the_network_sums_what_happened_only(ask):
    found = ask("/api/network").json()
    link = found["links"][0]
    assert (link["source"], link["target"], link["count"]) == ("ent-R", "ent-met", 2)
    assert link["by_factuality"] == {"happened": 1, "negated": 1}
    assert link["by_quad"] == {"1": 1}


def test_left_out_parties_are_counted(ask):
    found = ask("/api/network?limit=1").json()
    assert (len(found["nodes"]), found["left"], found["links"]) == (1, 2, [])


@pytest.mark.parametrize(
    "path", ["events/x", "happenings/x", "reports/x", "stories/x", "nothing", ""]
)
def test_what_is_not_there_is_told(ask, path):
    answer = ask(f"/api/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_an_older_run_can_be_read(ask):
    assert ask("/api/events?as_of=1").json()["total"] == 3
    assert ask("/api/events?as_of=9").status_code == 400


def test_a_brief_needs_a_day(ask):
    answer = ask("/api/brief")
    assert answer.status_code == 400
    assert "since" in answer.json()["error"]


def test_long_answers_are_packed_for_who_asks(ask):
    packed = ask("/api/events", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = ask("/api/events", headers={"Accept-Encoding": "identity"})
    assert packed.json() == plain.json()
    assert len(gzip.compress(plain.content)) < len(plain.content)


def test_the_description_names_every_address(ask):
    paths = ask("/api/openapi.json").json()["paths"]
    assert "/api/sql" in paths
    assert all(item["get"]["description"] for item in paths.values())


def test_a_broken_record_is_told(ask, record, tmp_path, page):
    from onrecord.show.service.guard import Rules
    from tests.unit.show.service.conftest import asker

    answer = asker(tmp_path / "none", Rules(), page)("/api/record")
    assert answer.status_code == 503
    assert "there is no such record" in answer.json()["error"]

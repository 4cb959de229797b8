"""Filters as query parameters."""

import pytest

from tests.unit.show.service.conftest import SCRIPT


def total(answer):
    return answer.json()["total"]


def test_filters_narrow(ask):
    assert total(ask("/api/events")) == 3
    assert total(ask("/api/events?factuality=negated")) == 1


def test_values_of_one_filter_are_alternatives(ask):
    assert total(ask("/api/events?factuality=negated&factuality=Happened")) == 3


def test_a_country_may_be_given_by_name(ask):
    assert total(ask("/api/events?country=United%20States")) == 3


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("typ=MEET", "parameter 'typ' is not known here; known: actor,"),
        ("type=MEET", "type 'MEET' is not known"),
        ("factuality=happend", "did you mean happened?"),
        ("country=Ukrain", "did you mean ukraine or"),
        ("since=yesterday", "since: "),
        ("limit=0", "limit: "),
        ("limit=1000", "limit: "),
        ("min_confidence=2", "min_confidence: "),
        ("order=random", "order: "),
        ("after=evt-nothing", "nothing here has the id 'evt-nothing'"),
        ("actor=", "actor: is empty"),
        ("actor=" + "x" * 400, "actor: a value has at most 300 characters"),
        ("&".join(["actor=x"] * 60), "actor: "),
    ],
)
def test_what_cannot_be_is_told(ask, query, told):
    answer = ask(f"/api/events?{query}")
    assert answer.status_code == 400
    assert told in answer.json()["error"]


@pytest.mark.parametrize("name", ["actor", "place", "by", "story", "after"])
def test_sql_in_a_value_is_a_value(ask, name):
    answer = ask("/api/events", params={name: "x') OR 1=1; DROP TABLE events; --"})
    assert answer.status_code == 400 if name == "after" else total(answer) == 0
    assert total(ask("/api/events")) == 3


def test_script_in_a_report_is_text_in_json(ask):
    answer = ask("/api/reports?q=script")
    (row,) = answer.json()["items"]
    assert row["title"] == SCRIPT
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("view", ["series", "positions", "numbers", "claims", "map"])
@pytest.mark.parametrize("name", ["actor", "place", "by"])
def test_every_view_takes_every_filter(ask, view, name):
    assert ask(f"/api/{view}?{name}=nobody").status_code == 200

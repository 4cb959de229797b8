"""Review mode: who may decide, what is taken, and how the event stands then."""

import asyncio
import datetime as dt
import threading
from pathlib import Path

import httpx
import pytest

from onrecord.cli.serve import make_reviewing
from onrecord.show.service.app import make_service
from onrecord.show.service.guard import Rules
from onrecord.store.lock import lock_record
from tests.support.reports import report
from tests.support.reviews import ask, event_ids, run

OWN = "http://localhost:8642"
POST = {"Origin": OWN}
TOKEN = "a-long-enough-token"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "rec"
    text = "Rulers met. 😀 They met again, the envoy said."
    run(path, [report(text, date=dt.date(2022, 1, 20))])
    return path


def send(record, path, *, method="GET", rules=None, reviews=True, **asked):
    reviewing = make_reviewing(record, "ana") if reviews else None
    service = make_service(record, rules or Rules(), reviewing=reviewing)

    async def call():
        transport = httpx.ASGITransport(app=service)
        async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
            return await client.request(method, path, **asked)

    return asyncio.run(call())


def decide(record, headers=None, **body):
    sent = {**POST, **(headers or {})}
    return send(record, "/api/review", method="POST", json=body, headers=sent)


@pytest.mark.parametrize("path", ["/api/review/queue", "/api/review/state/evt-1"])
def test_without_review_mode_nothing_is_there(record, path):
    assert send(record, path, reviews=False).status_code == 404
    answer = send(
        record, "/api/review", method="POST", json={}, headers=POST, reviews=False
    )
    assert answer.status_code == 404
    assert send(record, "/api/record", reviews=False).json()["review"] is None


def test_record_says_who_judges(record):
    assert send(record, "/api/record").json()["review"] == {"author": "ana"}


def test_queue_leaves_out_what_was_judged(record):
    first, second = event_ids(record)
    queue = send(record, "/api/review/queue").json()
    assert {item["event"]["event_id"] for item in queue["items"]} == {first, second}
    assert (queue["total"], queue["left"]) == (2, 2)
    item = queue["items"][0]
    assert item["values"]["type"] == "CONSULT"
    assert item["marks"][0]["start16"] >= 0
    assert "beat" in queue["choices"]["mode"]["ASSAULT"]
    assert decide(record, event_id=first, verdict="accept").status_code == 201
    queue = send(record, "/api/review/queue").json()
    assert [item["event"]["event_id"] for item in queue["items"]] == [second]
    queue = send(record, "/api/review/queue?judged=true").json()
    assert (len(queue["items"]), queue["left"]) == (2, 1)


def test_fix_is_taken_and_told(record):
    first, _ = event_ids(record)
    answer = decide(record, event_id=first, verdict="fix", fix={"type": "COERCE"})
    assert answer.status_code == 201
    state = answer.json()["state"]
    assert (state["values"]["type"], state["coded"]["type"]) == ("COERCE", "CONSULT")
    (made,) = state["corrections"]
    assert (made["author"], made["was"], made["value"], made["state"]) == (
        "ana",
        "CONSULT",
        "COERCE",
        "in_force",
    )
    (row,) = ask(record, "FROM events WHERE event_type = 'COERCE'")
    assert row["event_id"] == first


def test_saying_the_same_again_adds_nothing(record):
    first, _ = event_ids(record)
    assert decide(record, event_id=first, verdict="reject").status_code == 201
    again = decide(record, event_id=first, verdict="reject")
    assert (again.status_code, again.json()["taken"]) == (200, [])
    assert again.json()["state"]["rejected"] is True
    assert decide(record, event_id=first, verdict="accept").status_code == 201
    assert decide(record, event_id=first, verdict="reject").status_code == 201
    assert len(ask(record, "FROM corrections")) == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_only_the_own_page_may_decide(record, headers, status):
    first, _ = event_ids(record)
    answer = decide(record, headers, event_id=first, verdict="reject")
    assert answer.status_code == status
    assert ask(record, "FROM corrections") == []


def test_missing_origin_is_refused(record):
    body = {"event_id": event_ids(record)[0], "verdict": "reject"}
    answer = send(record, "/api/review", method="POST", json=body)
    assert answer.status_code == 403


def test_token_is_asked_for(record):
    rules = Rules(token=TOKEN)
    body = {"event_id": event_ids(record)[0], "verdict": "reject"}
    given = {"method": "POST", "json": body, "rules": rules}
    assert send(record, "/api/review", headers=POST, **given).status_code == 401
    bearer = {**POST, "Authorization": f"Bearer {TOKEN}"}
    assert send(record, "/api/review", headers=bearer, **given).status_code == 201


def test_other_addresses_take_nothing(record):
    for path in ("/api/events", "/api/review/queue", "/"):
        answer = send(record, path, method="POST", json={}, headers=POST)
        assert answer.status_code == 405


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"event_id": "evt-none", "verdict": "accept"}, 404, "no event 'evt-none'"),
        ({"verdict": "accept"}, 400, "event_id"),
        ({"event_id": "E", "verdict": "praise"}, 400, "praise"),
        ({"event_id": "E", "verdict": "fix"}, 400, "cells to fix"),
        ({"event_id": "E", "verdict": "accept", "extra": 1}, 400, "extra"),
        ({"event_id": "E", "verdict": "fix", "fix": {"type": "WAR"}}, 422, "WAR"),
        ({"event_id": "E", "verdict": "fix", "fix": {"colour": 1}}, 422, "colour"),
        ({"event_id": "E", "verdict": "accept", "note": "a\x1b[2J"}, 422, "control"),
    ],
)
def test_wrong_decisions_are_refused(record, body, status, told):
    if body.get("event_id") == "E":
        body = {**body, "event_id": event_ids(record)[0]}
    answer = decide(record, **body)
    assert answer.status_code == status
    assert told in answer.json()["error"]
    assert ask(record, "FROM corrections") == []


def test_long_or_broken_bodies_are_refused(record):
    headers = {**POST, "Content-Type": "application/json"}
    sent = {"method": "POST", "headers": headers}
    long = send(record, "/api/review", content=b"[" * 70_000, **sent)
    assert long.status_code == 413
    for content in (b"", b"{", b"[" * 60_000, b'{"event_id": "\xff"}'):
        assert send(record, "/api/review", content=content, **sent).status_code == 400


def test_record_that_is_being_written_says_to_wait(record):
    first, _ = event_ids(record)
    told: list[httpx.Response] = []
    with lock_record(record):
        worker = threading.Thread(
            target=lambda: told.append(decide(record, event_id=first, verdict="reject"))
        )
        worker.start()
        worker.join()
    assert told[0].status_code == 409
    assert "another run is writing to it" in told[0].json()["error"]

"""Answers are kept while there is room, and only whole ones."""

import asyncio

from onrecord.show.service.answers import Answers, send_kept
from onrecord.show.service.guard import WAITING, Rules, guarded

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/api/events",
    "query_string": b"",
    "headers": [(b"host", b"localhost")],
}


def answering(status: int = 200, *, whole: bool = True):
    """Return an application, and the list of the requests that it was asked."""
    asked = []

    async def app(scope, receive, send):
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": status, "headers": []})
        body = {"type": "http.response.body", "body": b"12345678"}
        await send({**body, "more_body": not whole})

    return app, asked


def collect(service, times: int = 1, **other):
    """Return the messages that a service sends, asked one request after another."""
    sent = []

    async def send(message):
        sent.append(message)

    async def ask():
        for _ in range(times):
            await service({**SCOPE, **other}, None, send)

    asyncio.run(ask())
    return sent


def test_the_second_time_the_same_is_sent_without_asking():
    app, asked = answering()
    sent = collect(guarded(app, Rules(), lambda: "1"), times=2)

    assert asked == ["/api/events"]
    assert sent[:2] == sent[2:]
    assert sent[1]["body"] == b"12345678"


def test_a_record_that_changed_is_asked_anew():
    app, asked = answering()
    versions = iter("12")
    collect(guarded(app, Rules(), lambda: next(versions)), times=2)

    assert len(asked) == 2


def test_what_went_wrong_is_not_kept():
    app, asked = answering(status=503)
    collect(guarded(app, Rules(), lambda: "1"), times=2)

    assert len(asked) == 2


def test_half_an_answer_is_not_kept():
    app, asked = answering(whole=False)
    collect(guarded(app, Rules(), lambda: "1"), times=2)

    assert len(asked) == 2


def test_sql_is_not_kept():
    app, asked = answering()
    collect(guarded(app, Rules(), lambda: "1"), times=2, path="/api/sql")

    assert len(asked) == 2


def test_head_after_get_has_no_body():
    app, _ = answering()
    service = guarded(app, Rules(), lambda: "1")
    collect(service)
    sent = collect(service, method="HEAD")

    assert sent[1]["body"] == b""


def test_the_oldest_make_room():
    answers = Answers(most=40)
    body = ({"type": "http.response.body", "body": b"x" * 10},)
    for name in "abcde":
        answers.keep((name, ""), body)

    assert answers.find(("a", "")) is None
    assert answers.find(("e", "")) is not None


def test_one_that_takes_most_of_the_room_is_not_kept():
    answers = Answers(most=40)
    answers.keep(("a", ""), ({"type": "http.response.body", "body": b"x" * 11},))

    assert answers.find(("a", "")) is None


def test_a_message_that_was_changed_on_its_way_is_kept_as_it_was():
    answers = Answers()
    start = {"type": "http.response.start", "status": 200, "headers": []}

    async def app(scope, receive, send):
        await send({**start})

    async def change(message):
        message["headers"] = ["other"]

    sent = []

    async def note(message):
        sent.append(message)

    async def both():
        await answers.ask(app, ("a", ""), SCOPE, None, change)
        await send_kept(answers.find(("a", "")), note)

    asyncio.run(both())
    assert sent == [start]


def test_too_many_at_once_are_told_so_in_json():
    release = []
    sent = []

    async def app(scope, receive, send):
        while not release:
            await asyncio.sleep(0)

    async def send(message):
        sent.append(message)

    async def ask():
        service = guarded(app, Rules(), lambda: None)
        tasks = [
            asyncio.create_task(service(SCOPE, None, send)) for _ in range(WAITING + 1)
        ]
        while not sent:
            await asyncio.sleep(0)
        release.append(True)
        await asyncio.gather(*tasks)

    asyncio.run(ask())
    assert sent[0]["status"] == 503
    assert (b"retry-after", b"1") in sent[0]["headers"]
    assert b'"error":"too much is asked at once' in sent[1]["body"]

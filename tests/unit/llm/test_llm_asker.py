import contextlib
import datetime as dt
import email.utils
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import CoderStopped
from onrecord.llm.asker import Asker
from onrecord.llm.client import Failed
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.kept import KeptAnswers
from onrecord.llm.pace import Pace
from onrecord.llm.prompt import make_prompt
from onrecord.llm.purse import Prices, Purse
from onrecord.ontology import load_ontology
from tests.support.llmserver import Reply, events, in_turn, refuses, says, serve_llm


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds


@contextlib.contextmanager
def asking(reply: Reply, folder: Path, clock: Clock) -> Iterator[Asker]:
    with serve_llm(reply) as llm:
        asker = Asker(
            Endpoint(url=llm.url, model="m"),
            make_prompt(load_ontology()),
            kept=KeptAnswers(folder),
            purse=Purse(Prices()),
            pace=Pace(now=clock.now, sleep=clock.sleep),
            sleep=clock.sleep,
        )
        yield asker
        asker.close()


def test_the_pause_that_an_endpoint_asks_for_is_kept(tmp_path):
    clock = Clock()
    busy = in_turn(
        refuses(429, "slow down", Retry_After="7"),
        refuses(503, "slow down", Retry_After="20"),
        events(),
    )
    with asking(busy, tmp_path, clock) as asker:
        asker.ask("a report")
    assert clock.slept == [7.0, 20.0]
    assert asker.totals["again"] == 2


def test_a_pause_may_be_told_as_a_moment(tmp_path):
    clock = Clock()
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    date = email.utils.format_datetime(moment.replace(microsecond=0), usegmt=True)
    busy = in_turn(refuses(429, "slow down", Retry_After=date), events())
    with asking(busy, tmp_path, clock) as asker:
        asker.ask("a report")
    (slept,) = clock.slept
    assert 50 < slept <= 60


def test_pauses_grow_where_none_is_asked_for(tmp_path):
    clock = Clock()
    with (
        asking(refuses(502, "oh"), tmp_path, clock) as asker,
        pytest.raises(Failed, match="answers 502, 4 times"),
    ):
        asker.ask("a report")
    assert clock.slept == [1.0, 2.0, 4.0]


def test_a_kept_answer_is_not_asked_for(tmp_path):
    clock = Clock()
    with asking(says("first"), tmp_path, clock) as asker:
        answer, kept = asker.ask("a report")
        assert (answer.text, kept) == ("first", False)
    with asking(refuses(500, "oh"), tmp_path, clock) as asker:
        answer, kept = asker.ask("a report")
    assert (answer.text, answer.sent, answer.received, kept) == (
        "first",
        1000,
        100,
        True,
    )
    assert asker.totals["requests"] == 0


def test_what_an_endpoint_does_not_take_is_left_out_from_then_on(tmp_path):
    with serve_llm(in_turn(refuses(400, "json_schema?"), events(), events())) as llm:
        asker = Asker(
            Endpoint(url=llm.url, model="m"),
            make_prompt(load_ontology()),
            kept=KeptAnswers(tmp_path),
            purse=Purse(Prices()),
            pace=Pace(),
        )
        asker.ask("a report")
        asker.ask("another report")
    forms = [body.get("response_format", {}).get("type") for _, body in llm.asked]
    assert forms == ["json_schema", "json_object", "json_object"]


def test_failures_end_the_run_only_in_a_row(tmp_path):
    with asking(events(), tmp_path, Clock()) as asker:
        for _ in range(3):
            asker.judge("no JSON")
            asker.judge("no JSON")
            asker.judge(None)
        asker.judge("no JSON")
        asker.judge("no JSON")
        with pytest.raises(CoderStopped, match="3 reports in a row failed"):
            asker.judge("no JSON")
        with pytest.raises(CoderStopped):
            asker.ask("a report")
    assert asker.totals["requests"] == 0


def test_tokens_that_nobody_tells_are_estimated(tmp_path):
    with asking(says("x" * 299, usage=None), tmp_path, Clock()) as asker:
        answer, _ = asker.ask("a report")
    assert answer.received == 100
    assert answer.sent > 1_000

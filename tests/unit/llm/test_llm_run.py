"""`run --coder llm`: what is asked, what is kept, what is told."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from onrecord.cli import main
from onrecord.engine.run import run_reports
from onrecord.llm.endpoint import KEY_VARIABLE
from onrecord.store.query import connect, rows
from tests.support import reports
from tests.support.llmcases import KEY, accuser, nobody
from tests.support.llmserver import LlmServer, in_turn, refuses, serve_llm

TEXTS = (
    "Chad accused Mali of spying.",
    "Peru accused Cuba of fraud. Cuba was silent for a day.",
    "Oman accused Iran of delay.",
    "Kenya accused Sudan of theft.",
)


class Result(msgspec.Struct, frozen=True):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def call(capfd, monkeypatch, kit, reader) -> Call:
    """Call the command line in this process, with knowledge that is loaded."""
    monkeypatch.setattr("onrecord.cli.llm_run.open_kit", lambda _: kit)
    monkeypatch.setattr("onrecord.cli.llm_run.open_reader", lambda: reader)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)

    def call(*args: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        written = capfd.readouterr()
        return Result(ended.value.code, written.out, written.err)

    return call


@pytest.fixture
def rec(tmp_path) -> Path:
    """A record of four reports and a copy of the first."""
    items = [reports.report(text) for text in TEXTS]
    items.append(reports.report(TEXTS[0], outlet="Herald"))
    run_reports(tmp_path / "rec", items, inputs=["x"], coder=reports.coder())
    return tmp_path / "rec"


def ask(call: Call, rec: Path, llm: LlmServer | str, *more: object) -> Result:
    url = llm if isinstance(llm, str) else llm.url
    address = ("--llm-url", url, "--llm-model", "m", "--quiet", "--workers", 1)
    return call("run", rec, "--coder", "llm", *address, *more)


def triggers(record: Path) -> list[str]:
    sql = 'SELECT sentence."text" AS said FROM events ORDER BY said'
    return [row["said"] for row in rows(connect(record), sql)]


def texts_asked(llm: LlmServer) -> list[str]:
    pieces = [json.loads(body["messages"][1]["content"]) for _, body in llm.asked]
    return [piece["sentences"][0]["text"] for piece in pieces]


def test_the_originals_of_a_record_are_asked_about_and_stand_apart(call, rec):
    before = reports.snapshot(rec)
    with serve_llm(accuser) as llm:
        done = ask(call, rec, llm)
    assert done.code == 0, done.err
    assert done.out.startswith("5 read = 5 coded + 0 rejected · 5 reports = 4 stories")
    assert len(llm.asked) == 4
    assert len(triggers(rec / "coders/llm")) == 4
    assert reports.snapshot(rec) == before


@pytest.mark.slow
def test_every_command_reads_what_stands_apart(call, rec):
    with serve_llm(accuser) as llm:
        ask(call, rec, llm)
    listed = call("events", rec / "coders/llm", "--country", "PER", "--format", "jsonl")
    (line,) = [json.loads(row) for row in listed.out.splitlines()]
    assert line["rule"] == "llm/m"
    assert line["event_type"] == "ACCUSE"
    for record in (rec, rec / "coders/llm"):
        verified = call("verify", record)
        assert verified.code == 0, verified.out


def test_inputs_are_taken_and_a_record_may_begin_there(call, tmp_path):
    file = tmp_path / "new.txt"
    file.write_text(TEXTS[2])
    rec = tmp_path / "rec"
    with serve_llm(accuser) as llm:
        assert ask(call, rec, llm, file).code == 0
    assert triggers(rec / "coders/llm") == [TEXTS[2]]
    assert not (rec / "record.json").exists()
    run_reports(rec, [reports.report(TEXTS[0])], inputs=["x"], coder=reports.coder())
    assert (rec / "record.json").exists()


def test_nothing_is_asked_twice(call, rec):
    with serve_llm(accuser) as llm:
        ask(call, rec, llm)
        again = ask(call, rec, llm)
    assert len(llm.asked) == 4
    assert again.code == 0
    assert "go to" not in again.err


def test_answers_that_were_paid_for_give_the_same_record(call, rec):
    with serve_llm(accuser) as llm:
        ask(call, rec, llm)
        first = reports.snapshot(rec / "coders/llm")
        answers = rec / "answers"
        shutil.move(rec / "coders/llm/answers", answers)
        shutil.rmtree(rec / "coders")
        (rec / "coders/llm").mkdir(parents=True)
        shutil.move(answers, rec / "coders/llm/answers")
        again = ask(call, rec, llm)
    assert len(llm.asked) == 4
    assert "0 requests (0 tried again), 4 answers kept from before" in again.err
    second = reports.snapshot(rec / "coders/llm")
    for one in first["asked"]:
        one["kept"] = one["pieces"]
    assert second == first


def test_a_budget_ends_the_run_and_the_next_goes_on(call, rec):
    with serve_llm(accuser) as llm:
        # One answer of the server takes 1,100; the next may take more than is left.
        stopped = ask(call, rec, llm, "--llm-tokens", 10_500)
        coded = len(triggers(rec / "coders/llm"))
        assert stopped.code == 1
        assert "what may be spent is spent; what was coded is kept" in stopped.err
        assert 0 < len(llm.asked) == coded < 4
        done = ask(call, rec, llm)
    assert done.code == 0
    assert len(llm.asked) == 4
    assert sorted(texts_asked(llm)) == sorted(
        text.partition(". ")[0].rstrip(".") + "." for text in TEXTS
    )
    assert len(triggers(rec / "coders/llm")) == 4
    (run,) = rows(connect(rec / "coders/llm"), "SELECT * FROM runs")
    assert (run["resumed"], run["status"]) == (1, "finished")


def test_a_budget_of_money(call, rec):
    prices = ("--llm-price-in", 1, "--llm-price-out", 10)
    with serve_llm(accuser) as llm:
        # The most an answer may cost is 6,000 tokens at 10 a million: 0.06.
        stopped = ask(call, rec, llm, *prices, "--llm-budget", 0.05)
        assert stopped.code == 1
        assert llm.asked == []
        assert ask(call, rec, llm, *prices, "--llm-budget", 0.1).code == 0
    (row,) = rows(
        connect(rec / "coders/llm"),
        "SELECT sum(cost) AS cost, sum(tokens_sent) AS sent FROM asked",
    )
    assert row["sent"] == 4_000
    assert row["cost"] == pytest.approx(4 * (1_000 * 1 + 100 * 10) / 1_000_000)


def test_an_endpoint_that_fails_ends_the_run_and_what_was_coded_is_kept(call, rec):
    with serve_llm(in_turn(accuser, accuser, refuses(401, "no"))) as llm:
        stopped = ask(call, rec, llm)
        assert stopped.code == 1
        assert "the endpoint answers 401" in stopped.err
        assert len(triggers(rec / "coders/llm")) == 2
        llm.reply = accuser
        assert ask(call, rec, llm).code == 0
    assert len(triggers(rec / "coders/llm")) == 4


def test_what_is_sent_is_told_before_it_is(call, rec):
    with nobody() as url:
        done = ask(call, rec, url, "--llm-price-in", 1, "--llm-budget", 2)
    assert done.code == 1
    told, cost, most, account, error = done.err.splitlines()
    host = url.removeprefix("http://").removesuffix("/v1")
    assert told.startswith(f"llm: the texts of 4 reports go to {host}, model m: about")
    assert cost.startswith("llm: this costs at most about 0.0")
    assert most == "llm: no more is asked when 2.0000 may be spent"
    assert account.startswith("llm: 1 request (0 tried again)")
    assert "no connection" in error


def start(rec: Path, llm: LlmServer) -> "subprocess.Popen[str]":
    options = ("--llm-url", llm.url, "--llm-model", "m", "--workers", "1")
    return subprocess.Popen(
        [sys.executable, "-m", "onrecord", "run", str(rec), "--coder", "llm", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_that_was_killed_pays_nothing_twice(call, rec):
    """It is killed while the third answer is on its way; two are kept."""
    started = []

    def kill(*_: object) -> None:
        started[0].kill()

    with serve_llm(in_turn(accuser, accuser, kill)) as llm:
        started.append(start(rec, llm))
        started[0].communicate()
        assert len(llm.asked) == 3
        llm.reply = accuser
        done = ask(call, rec, llm)
    assert done.code == 0, done.err
    assert len(llm.asked) == 5
    assert "2 requests (0 tried again), 2 answers kept from before" in done.err
    assert len(triggers(rec / "coders/llm")) == 4


def test_ctrl_c_ends_a_run_whatever_it_waits_for(rec):
    waiting, done = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        waiting.set()
        done.wait(60)

    with serve_llm(wait) as llm:
        run = start(rec, llm)
        assert waiting.wait(60)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=50)  # --llm-seconds are 120
        done.set()
    assert run.returncode == 130
    assert "run again to go on" in err


def test_the_key_goes_to_the_endpoint_and_nowhere_else(rec):
    """Not even with `--debug`, and not when the endpoint says it back."""
    echo = in_turn(accuser, refuses(500, f"bad {KEY}"), refuses(401, f"bad {KEY}"))
    with serve_llm(echo) as llm:
        options = ("--llm-url", llm.url, "--llm-model", "m", "--workers", "1")
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "onrecord",
                "run",
                str(rec),
                "--coder",
                "llm",
                *options,
                "--debug",
            ],
            env={**os.environ, KEY_VARIABLE: KEY},
            capture_output=True,
            text=True,
            check=False,
        )
    assert llm.asked[0][0]["Authorization"] == f"Bearer {KEY}"
    assert "CoderStopped" in done.stderr
    assert "bad ***" in done.stderr
    assert KEY not in done.stdout + done.stderr
    for file in rec.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()


def test_without_a_key_none_is_sent_whatever_the_environment_holds(
    call, rec, monkeypatch
):
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "another-services")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: another-services")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/another-services")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serve_llm(accuser) as llm:
        assert ask(call, rec, llm).code == 0
    headers = llm.asked[0][0]
    assert "authorization" not in {name.lower() for name in headers}
    assert "another-services" not in str(headers)
    assert set(llm.asked[0][1]) == {
        "model",
        "messages",
        "max_tokens",
        "temperature",
        "seed",
        "response_format",
    }


@pytest.mark.slow
def test_another_model_needs_another_name(call, rec):
    with serve_llm(accuser) as llm:
        ask(call, rec, llm)
        other = ("--llm-model", "other")
        refused = ask(call, rec, llm, *other)
        assert refused.code == 2
        assert "--coder-name" in refused.err
        assert len(llm.asked) == 4
        assert ask(call, rec, llm, *other, "--coder-name", "other").code == 0
    assert len(triggers(rec / "coders/other")) == 4
    (run,) = rows(connect(rec / "coders/other"), "SELECT model FROM runs")
    assert run["model"].startswith("llm/other/")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--llm-model", "m"), "--llm-model is for --coder llm"),
        (("--allow-http",), "--allow-http is for --coder llm"),
        (("--coder-name", "x"), "--coder-name is for --coder llm"),
        (("--coder", "llm"), "needs --llm-url and --llm-model"),
        (
            (
                "--coder",
                "llm",
                "--llm-url",
                "http://example.org/v1",
                "--llm-model",
                "m",
            ),
            "use https",
        ),
        (("--coder", "llm", "--coder-name", "../x"), "use small letters"),
        (
            (
                *("--coder", "llm", "--llm-url", "http://127.0.0.1:9/v1"),
                *("--llm-model", "m", "--llm-budget", "1"),
            ),
            "--llm-budget needs --llm-price-in",
        ),
        (
            (
                *("--coder", "llm", "--llm-url", "http://127.0.0.1:9/v1"),
                *("--llm-model", "m", "--engine", "ray"),
            ),
            "are not for --coder llm",
        ),
    ],
)
def test_wrong_use_is_told_and_nothing_is_sent(call, rec, options, message):
    done = call("run", rec, *options)
    assert done.code == 2
    assert message in done.err
    assert not (rec / "coders").exists()


def test_a_client_that_is_not_installed_is_told(call, rec, monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with serve_llm(accuser) as llm:
        done = ask(call, rec, llm)
    assert done.code == 2
    assert "pip install 'onrecord[llm]'" in done.err


def test_without_this_coder_nothing_is_connected_to(call, tmp_path, monkeypatch):
    """The default path neither looks up a name nor opens a connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was connected to")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    for name in [n for n in sys.modules if n.partition(".")[0] == "openai"]:
        monkeypatch.delitem(sys.modules, name)
    file = tmp_path / "report.txt"
    file.write_text(TEXTS[0])
    rec = tmp_path / "rec"
    done = call("run", rec, file, "--quiet", "--report-seconds", 0)
    assert done.code == 0, done.err
    assert set(triggers(rec)) == {TEXTS[0]}
    assert "openai" not in sys.modules
    assert not (rec / "coders").exists()

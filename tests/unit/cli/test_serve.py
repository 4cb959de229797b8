"""`onrecord serve`: where it listens, and what it asks for before."""

import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

TOKEN = "a-long-enough-token"


@pytest.fixture
def taken():
    """Return a port that somebody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_that_is_taken_is_told(call, record, taken):
    result = call("serve", record, "--port", taken)
    assert result.code == 2
    assert f"port {taken} of 127.0.0.1 is taken" in result.err
    assert "--port" in result.err


def test_elsewhere_needs_a_token(call, record, monkeypatch):
    monkeypatch.delenv("ONRECORD_TOKEN", raising=False)
    result = call("serve", record, "--host", "0.0.0.0")
    assert result.code == 2
    assert "0.0.0.0 can be reached from other machines; give a token" in result.err


def test_a_short_token_is_refused(call, record, tmp_path):
    file = tmp_path / "token.txt"
    file.write_text("short\n", encoding="utf-8")
    result = call("serve", record, "--token-file", file)
    assert result.code == 2
    assert "at least 16 characters" in result.err


def test_what_is_no_record_is_told_before_listening(call, tmp_path):
    result = call("serve", tmp_path)
    assert result.code == 1
    assert "not a record" in result.err


def test_it_answers_and_ends_quietly(record):
    environment = {**os.environ, "ONRECORD_TOKEN": TOKEN}
    command = [sys.executable, "-m", "onrecord", "serve", record, "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        first = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", first)[0]
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = httpx.get(f"{address}api/record", headers=headers, timeout=30)
        refused = httpx.get(f"{address}api/record", timeout=30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert answer.json()["counts"]["reports"] == 3
    assert "server" not in answer.headers
    assert refused.status_code == 401
    assert (process.returncode, out) == (0, "")
    assert err == "every request for data must bear the token\n"

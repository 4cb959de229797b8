"""`run --watch` as a process of its own, with real files and signals."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from onrecord.store.lock import is_locked
from onrecord.store.query import connect, rows
from onrecord.store.verify import verify
from tests.support.webserver import page, serve

SECONDS = 120.0  # machines are small and shared
FIRST = "Date: 2022-01-10\n\nChad accused Mali of an attack on Monday."
SECOND = "Date: 2022-01-11\n\nGhana asked Togo for talks about the border."
QUIET = ("--watch", "--every", "0.1", "--quiet")


class Watcher(msgspec.Struct):
    """A watch that is going on, and the files it writes to."""

    process: subprocess.Popen
    out: Path
    err: Path

    @property
    def lines(self) -> list[str]:
        """Return the account lines that are whole."""
        return self.out.read_text().split("\n")[:-1]

    def wait_for(self, count: int) -> list[str]:
        """Return the account lines, once there are so many."""
        ends = time.monotonic() + SECONDS
        while len(self.lines) < count:
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < ends, self.err.read_text()
            time.sleep(0.02)
        return self.lines

    def end(self, number: int) -> int:
        """Send a signal; return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@pytest.fixture
def start(tmp_path) -> Iterator:
    watchers: list[Watcher] = []

    def start(*args: object) -> Watcher:
        out, err = (tmp_path / f"{len(watchers)}.{name}" for name in ("out", "err"))
        with out.open("w") as stdout, err.open("w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "onrecord", "run", *map(str, args)],
                stdout=stdout,
                stderr=stderr,
            )
        watchers.append(Watcher(process, out, err))
        return watchers[-1]

    yield start
    for watcher in watchers:
        watcher.process.kill()
        watcher.process.wait()


def texts(record: Path) -> list[str]:
    found = rows(connect(record), "SELECT text FROM reports ORDER BY text")
    return [row["text"] for row in found]


def test_files_are_taken_as_they_come_until_sigterm_and_not_again(start, tmp_path):
    inbox, record = tmp_path / "in", tmp_path / "rec"
    inbox.mkdir()
    (inbox / "a.txt").write_text(FIRST)
    watcher = start(record, inbox, *QUIET)
    assert watcher.wait_for(1)[0].startswith("1 read = 1 coded + 0 rejected")
    assert not is_locked(record)
    assert texts(record) == [FIRST]

    growing = inbox / "b.txt.part"
    growing.write_text(SECOND[:30])
    time.sleep(0.5)  # some looks, none of which may take it
    with growing.open("a") as stream:
        stream.write(SECOND[30:])
    growing.rename(inbox / "b.txt")
    assert watcher.wait_for(2)[1].startswith("1 read = 1 coded + 0 rejected")
    assert watcher.end(signal.SIGTERM) == 0
    assert texts(record) == [FIRST, SECOND]
    assert list(verify(record)) == []

    (inbox / "c.txt").write_bytes(b"\xff\xfe\xff")
    again = start(record, inbox, *QUIET)
    assert again.wait_for(1)[0].startswith("1 read = 0 coded + 1 rejected")
    assert again.end(signal.SIGINT) == 130


def test_an_address_is_asked_again_and_news_are_taken(start, tmp_path):
    record = tmp_path / "rec"
    with serve() as site:
        headers = {"Content-Type": "text/plain", "ETag": '"1"'}
        site.pages["/a"] = page(FIRST.encode(), headers=headers)
        options = ("--allow-private-addresses", "--limit", "fetch-interval=0")
        watcher = start(record, site.at("/a"), *options, *QUIET)
        watcher.wait_for(1)
        site.pages["/a"] = page(status=304)
        asked = len(site.asked)
        ends = time.monotonic() + SECONDS
        while len(site.asked) < asked + 3 and time.monotonic() < ends:
            time.sleep(0.02)
        assert site.asked[-1][1]["If-None-Match"] == '"1"'
        site.pages["/a"] = page(SECOND.encode(), headers=headers)
        watcher.wait_for(2)
        assert watcher.end(signal.SIGTERM) == 0
    assert len(watcher.lines) == 2
    assert texts(record) == [FIRST, SECOND]
    kept = json.loads((record / "web.json").read_text())
    assert list(kept["addresses"]) == [site.at("/a")]


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        (["-"], "cannot be watched"),
        (["nowhere"], "does not exist"),
        (["."], "lies in"),
        (["http://me:secret@127.0.0.1/"], "user name or password"),
    ],
)
def test_what_cannot_be_watched_is_wrong_use(call, tmp_path, monkeypatch, inputs, why):
    monkeypatch.chdir(tmp_path)
    result = call("run", "rec", *inputs, *QUIET)
    assert result.code == 2
    assert why in result.err
    assert "secret" not in result.err
    assert not (tmp_path / "rec").exists()

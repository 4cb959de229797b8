"""Commands take the address of a record, and say it, not the folder of its copy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import open_record
from onrecord.engine.run import run_reports
from onrecord.store.remote import local_record
from tests.support.remote import machine
from tests.support.reports import coder, report

Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path) -> Iterator[None]:
    with machine("here", tmp_path):
        yield


@pytest.fixture
def address(tmp_path: Path) -> str:
    address = f"file://{tmp_path}/there"
    path = local_record(address, must_exist=False)
    run_reports(path, [report("A met B.")], inputs=["in"], coder=coder())
    return address


def test_query_takes_an_address(call: Call, address: str, tmp_path: Path) -> None:
    with machine("other", tmp_path):
        found = call("query", address, "SELECT count(*) AS n FROM events")
    assert (found.code, found.out) == (0, '{"n":1}\n')


def test_events_of_an_address(call: Call, address: str) -> None:
    assert len(call("events", address).out.splitlines()) == 1


def test_verify_reads_every_object(call: Call, address: str, tmp_path: Path) -> None:
    whole = call("verify", address, "--quiet")
    assert f"{address}: whole" in whole.err
    (bad,) = (tmp_path / "there/events").glob("*.parquet")
    bad.write_bytes(b"x" * bad.stat().st_size)
    found = call("verify", address, "--quiet")
    assert found.code == 4
    assert f"{address}/events/{bad.name}: is not as it was written" in found.out


def test_no_record_at_an_address(call: Call, tmp_path: Path) -> None:
    found = call("events", f"file://{tmp_path}/none")
    assert found.code == 1
    assert f"file://{tmp_path}/none: there is no such record" in found.err


def test_error_names_the_address_and_not_the_copy(
    call: Call, address: str, tmp_path: Path
) -> None:
    found = call("query", address, "SELECT * FROM events", "--as-of", "7")
    assert found.code == 2
    assert f"{address}: no run '7'" in found.err
    assert "here/records" not in found.err


def test_offline_asks_nobody(call: Call, address: str, tmp_path: Path) -> None:
    call("events", address)
    (tmp_path / "there").rename(tmp_path / "away")
    assert call("events", address).code == 1
    assert len(call("events", address, "--offline").out.splitlines()) == 1


def test_offline_by_the_environment(
    call: Call, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("events", address)
    (tmp_path / "there").rename(tmp_path / "away")
    monkeypatch.setenv("ONRECORD_OFFLINE", "1")
    assert call("events", address).code == 0


def test_run_offline_is_refused(call: Call, address: str, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("A met B.")
    found = call("run", address, tmp_path / "in.txt", "--offline")
    assert found.code == 2
    assert "leave out --offline" in found.err


def test_objects_are_not_watched(call: Call, tmp_path: Path) -> None:
    found = call("run", tmp_path / "rec", "s3://news/day", "--watch")
    assert found.code == 2
    assert "object storage cannot be watched" in found.err


def test_python_opens_an_address(address: str, tmp_path: Path) -> None:
    with machine("other", tmp_path):
        assert len(open_record(address).events()) == 1
        (tmp_path / "there").rename(tmp_path / "away")
        assert len(open_record(address, offline=True).events()) == 1

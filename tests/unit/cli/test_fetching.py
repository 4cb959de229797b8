"""Addresses on the command line."""

import pytest

from onrecord.engine import run as running
from onrecord.errors import StoreError
from tests.support.webserver import page, serve

TEXT = b"Date: 2022-01-10\n\nChad accused Mali of an attack on Monday."
LOCAL = ("--allow-private-addresses", "--limit", "fetch-interval=0")


@pytest.fixture
def site():
    with serve() as site:
        headers = {"Content-Type": "text/plain", "ETag": '"1"'}
        site.pages["/a"] = page(TEXT, headers=headers)
        yield site


def test_run_reads_an_address_once_and_then_only_what_is_new(call, site, tmp_path):
    first = call("run", tmp_path / "rec", site.at("/a"), *LOCAL, "--quiet")
    assert first.out.startswith("1 read = 1 coded + 0 rejected")
    site.pages["/a"] = page(status=304)
    second = call("run", tmp_path / "rec", site.at("/a"), *LOCAL, "--quiet")
    assert second.out.startswith("0 read = 0 coded + 0 rejected")
    assert second.err == "1 address holds nothing new\n"
    assert call("verify", tmp_path / "rec").code == 0


def test_what_did_not_get_into_the_record_is_asked_for_again(
    call, site, tmp_path, monkeypatch
):
    def fail(path, items, **_):
        list(items)
        path.mkdir()
        raise StoreError("the disk is full")

    monkeypatch.setattr(running, "run_reports", fail)
    result = call("run", tmp_path / "rec", site.at("/a"), *LOCAL, "--quiet")
    assert (result.code, len(site.asked)) == (1, 1)
    assert list((tmp_path / "rec").iterdir()) == []


@pytest.mark.slow
def test_what_a_record_lost_is_fetched_again(call, site, tmp_path):
    record = tmp_path / "rec"
    call("run", record, site.at("/a"), *LOCAL, "--quiet")
    for file in (record / "reports").glob("*.parquet"):
        file.unlink()
    again = call("run", record, site.at("/a"), *LOCAL, "--quiet")
    assert again.out.startswith("1 read = 1 coded + 0 rejected")


def test_this_machine_is_asked_only_when_allowed(call, site, tmp_path):
    result = call("copies", site.at("/a"), "--strict")
    assert result.code == 3
    assert "--allow-private-addresses" in result.err
    assert site.asked == []
    assert call("copies", site.at("/a"), "--strict", *LOCAL).code == 0


@pytest.mark.parametrize("command", [("extract",), ("copies",), ("run", "rec")])
def test_a_password_is_wrong_use_and_not_shown(call, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    result = call(*command, "https://me:secret@news.example/feed")
    assert result.code == 2
    assert "would be kept in the record" in result.err
    assert "secret" not in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--proxy", "socks5://me:secret@proxy.example"], "--proxy socks5://proxy"),
        (["--every", "5"], "--every is for --watch"),
        (["--strict", "--watch"], "--strict is for a run that ends"),
    ],
)
def test_options_that_cannot_be(call, tmp_path, options, why):
    result = call("run", tmp_path / "rec", tmp_path, *options)
    assert result.code == 2
    assert why in result.err
    assert "secret" not in result.err

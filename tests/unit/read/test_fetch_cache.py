"""What is remembered of addresses."""

import pytest

from onrecord.read import fetch_cache
from onrecord.read.fetch_cache import FetchCache, Kept

KEPT = Kept(how="h", digest="d", etag='"1"')


def test_what_is_kept_is_found_again_from_the_file(tmp_path):
    path = tmp_path / "web.json"
    cache = FetchCache(path)
    cache.note("http://a/", KEPT)
    assert (cache.find("http://a/", how="h"), path.exists()) == (None, False)
    cache.keep()
    again = FetchCache(path)
    assert again.find("http://a/", how="h") == KEPT
    assert again.find("http://a/", how="other") is None
    assert again.find("http://b/", how="h") is None
    assert [p.name for p in tmp_path.iterdir()] == ["web.json"]


def test_what_is_forgotten_is_not_kept():
    cache = FetchCache()
    cache.note("http://a/", KEPT)
    cache.forget()
    cache.keep()
    assert cache.find("http://a/", how="h") is None


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"addresses": {"a": 1}}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_broken_file_holds_nothing_and_is_written_anew(tmp_path, raw):
    path = tmp_path / "web.json"
    path.write_bytes(raw)
    cache = FetchCache(path)
    assert cache.find("http://a/", how="h") is None
    cache.note("http://a/", KEPT)
    cache.keep()
    assert FetchCache(path).find("http://a/", how="h") == KEPT


def test_the_oldest_go_first(monkeypatch):
    monkeypatch.setattr(fetch_cache, "MAX_ADDRESSES", 2)
    cache = FetchCache()
    for name in "abac":
        cache.note(name, KEPT)
        cache.keep()
    assert [bool(cache.find(name, how="h")) for name in "abc"] == [True, False, True]


def test_when_the_record_lost_reports_nothing_is_known(tmp_path):
    path = tmp_path / "web.json"
    cache = FetchCache(path)
    cache.note("a", KEPT)
    cache.keep(5)
    for held, known in ((5, True), (6, True), (4, False)):
        again = FetchCache(path)
        again.check(held)
        assert bool(again.find("a", how="h")) == known
    assert not path.exists()

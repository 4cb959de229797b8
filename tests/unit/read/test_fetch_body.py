"""Bodies are taken up to a size, packed or not."""

import gzip
import tracemalloc

import pytest

from onrecord.read.fetch_body import NotUnpacked, TooLarge, read_body

TEXT = b"They met in Harbourtown on Monday. " * 50


def split(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("encoding", ["gzip", " X-GZIP "])
def test_gzip_in_any_pieces(size, encoding):
    chunks = split(gzip.compress(TEXT), size)
    assert read_body(chunks, encoding=encoding, max_bytes=10_000) == TEXT


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_members_follow_each_other_and_what_is_none_is_left(size):
    packed = gzip.compress(TEXT) + gzip.compress(b"More.") + b"\x00\x00junk"
    found = read_body(split(packed, size), encoding="gzip", max_bytes=10_000)
    assert found == TEXT + b"More."


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_the_limit_is_the_last_size_taken(encoding):
    assert read_body([b"ab", b"cd"], encoding=encoding, max_bytes=4) == b"abcd"
    with pytest.raises(TooLarge):
        read_body([b"ab", b"cd"], encoding=encoding, max_bytes=3)


def test_a_bomb_takes_no_memory():
    bomb = gzip.compress(bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read_body([bomb], encoding="gzip", max_bytes=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (gzip.compress(TEXT)[:-3], "too early"),
        (b"", "too early"),
        (TEXT, "broken"),
        (gzip.compress(TEXT)[:60] + b"\xff" * 40, "broken"),
        (gzip.compress(TEXT) + gzip.compress(TEXT)[:20], "too early"),
    ],
)
def test_broken_gzip(body, why):
    with pytest.raises(NotUnpacked, match=why):
        read_body([body], encoding="gzip", max_bytes=10_000)

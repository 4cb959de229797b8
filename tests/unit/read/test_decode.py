"""Bytes as UTF-8, and lines of limited length."""

import io
from collections.abc import Iterator

import pytest

from onrecord.errors import InputError
from onrecord.read import decode
from onrecord.read.decode import open_chunks, open_utf8, read_lines

TEXT = "Kyïv 😀\r\nsecond\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_marked_encodings_become_utf8(raw: bytes) -> None:
    assert open_utf8(io.BytesIO(raw)).read() == TEXT.encode()


def test_peek_shows_what_read_then_gives() -> None:
    stream = open_utf8(io.BytesIO(b"x" * 200_000))
    assert stream.peek()[:10] == b"x" * 10
    assert len(stream.read()) == 200_000


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64])
def test_characters_across_chunks_stay_whole(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "HEAD_BYTES", size)
    raw = TEXT.encode("utf-16")
    assert open_utf8(io.BytesIO(raw)).read() in (
        TEXT.encode(),
        raw,  # a head shorter than the mark cannot show it
    )


def test_what_came_before_an_error_is_read() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one\ntw"
        raise InputError("the data breaks off")

    stream = open_utf8(open_chunks(chunks()))
    assert stream.readline() == b"one\n"
    with pytest.raises(InputError, match="breaks off"):
        stream.readline()


def test_short_chunks_make_a_head() -> None:
    stream = open_chunks(iter([b"a", b"b", b"", b"c"]))
    assert stream.peek() == b"abc"


def test_cut_utf16_raises() -> None:
    with pytest.raises(UnicodeDecodeError):
        open_utf8(io.BytesIO(TEXT.encode("utf-16")[:-1])).read()


def test_bytes_that_are_not_utf8_pass_unchanged() -> None:
    assert open_utf8(io.BytesIO(b"caf\xe9")).read() == b"caf\xe9"


def test_too_long_line_is_passed_over() -> None:
    lines = list(read_lines(io.BytesIO(b"abc\nabcdefghijk\nx\nabcdefgh"), 4))
    assert lines == [b"abc\n", None, b"x\n", None]

"""Zstandard: of anything, with a dictionary, cut off, damaged, and bombs."""

import io
import random

import pyarrow as pa
import pytest
from fastwarc.stream_io import ZstdWriter, zstd_train_dictionary_from_samples

from onrecord.model.document import Document, Rejected
from onrecord.read.kinds import Kind, tell_kind
from onrecord.read.limits import DEFAULT_LIMITS
from onrecord.read.origin import Origin
from onrecord.read.streams import read_stream
from tests.support.warcs import answer, record
from tests.support.webpages import HARBOUR_BODY, page

GOOD = record(answer(page(HARBOUR_BODY)))
LINES = b'{"text": "They left."}\n{"text": "They came."}\n'


def pack(raw: bytes, **options: object) -> bytes:
    if not options:
        return bytes(pa.compress(raw, codec="zstd", asbytes=True))
    sink = io.BytesIO()
    writer = ZstdWriter(sink, **options)
    writer.write(raw)
    writer.close()
    return sink.getvalue()


def read(raw: bytes, name: str = "day.jsonl.zst") -> list[Document | Rejected]:
    origin = Origin(name, name.partition(".")[0])
    return list(read_stream(io.BytesIO(raw), origin, DEFAULT_LIMITS, name=name))


def texts(reports: list[Document | Rejected]) -> list[str]:
    return [one.text for one in reports if isinstance(one, Document)]


def reasons(reports: list[Document | Rejected]) -> list[str]:
    return [one.reason for one in reports if isinstance(one, Rejected)]


def dictionary() -> bytes:
    samples = [b"They left for %d, and they came for %d." % (n, n) for n in range(999)]
    return bytes(zstd_train_dictionary_from_samples(samples, 2048))


@pytest.mark.parametrize("name", ["day.jsonl.zst", "day.jsonl.zstd", "day", ""])
def test_lines_are_read_whatever_the_name(name: str) -> None:
    assert texts(read(pack(LINES), name)) == ["They left.", "They came."]


def test_skippable_frame_before_it_is_passed_over() -> None:
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    assert texts(read(skipped + pack(LINES))) == ["They left.", "They came."]


def test_frames_one_behind_another_are_one_file() -> None:
    half = len(LINES) // 2
    assert texts(read(pack(LINES[:half]) + pack(LINES[half:]))) == [
        "They left.",
        "They came.",
    ]


def test_frames_are_read_with_the_dictionary_before_them() -> None:
    packed = pack(LINES, dictionary=dictionary())
    assert packed.startswith(b"\x5d\x2a\x4d\x18")
    assert texts(read(packed)) == ["They left.", "They came."]


def test_dictionary_that_is_not_there_is_asked_for() -> None:
    packed = pack(LINES, dictionary=dictionary(), compress_dictionary_frame=False)
    at = packed.index(b"\x28\xb5\x2f\xfd")
    (reason,) = reasons(read(packed[at:]))
    assert "packed with a dictionary that is not in it" in reason
    assert "zstd -d -D" in reason


def test_dictionary_that_would_fill_the_memory_is_refused() -> None:
    raw = b"\x5d\x2a\x4d\x18" + (2**31).to_bytes(4, "little") + bytes(100)
    (reason,) = reasons(read(raw))
    assert reason.startswith("its Zstandard dictionary has 2,147,483,648 bytes")


def test_warc_with_a_dictionary_is_read() -> None:
    packed = pack(GOOD, dictionary=dictionary())
    for name in ("day.warc.zst", "day"):
        assert len(texts(read(packed, name))) == 1


def test_lines_before_a_break_are_kept_and_the_break_is_named() -> None:
    noise = random.Random(1)
    raw = b"".join(
        b'{"text": "They left for %d."}\n' % noise.getrandbits(90) for _ in range(9_999)
    )
    packed = pack(raw)
    reports = read(packed[: len(packed) // 2])
    assert 2_000 < len(texts(reports)) < 6_000
    (reason,) = reasons(reports)
    assert reason == (
        f"the zstd data breaks off at byte {len(packed) // 2:,}; pack the file again"
    )


def test_damage_costs_what_stands_behind_it_and_little_before_it() -> None:
    raw = LINES * 1_000
    reports = read(pack(raw) + pack(raw)[:20] + b"x" * 90)
    assert 1_600 < len(texts(reports)) < 4_000
    (reason,) = reasons(reports)
    assert reason.startswith("its Zstandard data is damaged")


def test_bomb_is_refused() -> None:
    (reason,) = reasons(read(pack(b"a " * 50_000_000), "a.txt.zst"))
    assert "archive-ratio=400" in reason


def test_tar_in_zstandard_is_a_tar() -> None:
    assert tell_kind("day.tzst", pack(LINES)) is Kind.ZSTD


def test_what_is_called_so_and_is_not_is_refused() -> None:
    (reason,) = reasons(read(b"They left.", "a.zst"))
    assert reason.startswith("named .zst and is not what that says")

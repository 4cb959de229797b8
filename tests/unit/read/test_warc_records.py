"""Damaged WARC files: a damaged record costs that record."""

import gzip
import io

import pytest
from fastwarc.stream_io import ZstdWriter

from onrecord.model.document import Document, Rejected
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from onrecord.read.warc import read_warc
from onrecord.read.warc_records import read_header
from tests.support.warcs import answer, pack, record
from tests.support.webpages import HARBOUR_BODY, page

ANSWER = answer(page(HARBOUR_BODY))
GOOD = record(ANSWER)
READ = "read"
LENGTH = "the record is not as long as its header says"
NONE = "what stands here is no record"
CUT = "the record breaks off at the end of the file"


def outcomes(raw: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[tuple[int, str]]:
    """Return the number of each record, and `READ` or why not."""
    found = []
    for one in read_warc(io.BytesIO(raw), Origin("a.warc", "a"), limits):
        assert one.position is not None
        number = int(one.position.split()[1])
        found.append(
            (number, READ if isinstance(one, Document) else one.reason.split(";")[0])
        )
    return found


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record(ANSWER, length=500), LENGTH),
        (record(ANSWER, length=len(ANSWER) + 700), LENGTH),
        (record(ANSWER, length=len(ANSWER) + 1_000_000), LENGTH),
        (record(ANSWER, length=-5), NONE),
        (record(ANSWER, length="many"), NONE),
        (record(ANSWER, length=""), NONE),
        (record(ANSWER).replace(b"Content-Length", b"Content-Breadth"), NONE),
        (b"They left. " * 10_000, NONE),
        (b"WARC/1.0\r\n", NONE),
        (b"WARC/1.0\r\nWARC-Type: response\r\n" + b"x" * 100_000, NONE),
    ],
)
def test_broken_record_costs_itself(broken: bytes, reason: str) -> None:
    assert outcomes(GOOD + broken + GOOD + GOOD) == [
        (1, READ),
        (2, reason),
        (3, READ),
        (4, READ),
    ]


def test_length_beyond_all_memory_costs_one_record() -> None:
    found = outcomes(GOOD + record(ANSWER, length=10**15) + GOOD)
    assert [number for number, _ in found] == [1, 2, 3]
    assert "the limit is 20,000,000" in found[1][1]
    assert (found[0][1], found[2][1]) == (READ, READ)


def test_second_length_is_not_believed() -> None:
    raw = record(ANSWER).replace(
        b"\r\n\r\n", b"\r\nContent-Length: %d\r\n\r\n" % 10**15, 1
    )
    assert outcomes(raw + GOOD) == [(1, READ), (2, READ)]


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\n\n", b"\r\n\r\n\r\n\r\n"])
def test_sloppy_ends_of_records_are_taken(end: bytes) -> None:
    bare = GOOD.removesuffix(b"\r\n\r\n")
    assert outcomes((bare + end) * 3) == [(1, READ), (2, READ), (3, READ)]


@pytest.mark.parametrize("more", [1, 2, 4])
def test_length_that_counts_line_ends_is_taken(more: int) -> None:
    raw = record(ANSWER, length=len(ANSWER) + more)
    assert outcomes(raw + GOOD) == [(1, READ), (2, READ)]


@pytest.mark.parametrize("left", [1, 100, 600])
def test_file_that_breaks_off_costs_its_last_record(left: int) -> None:
    assert outcomes(GOOD + GOOD[: -4 - left]) == [(1, READ), (2, CUT)]


def test_damaged_gzip_costs_one_record() -> None:
    parts = [pack([GOOD]) for _ in range(4)]
    middle = bytearray(parts[1])
    for at in range(200, 240):
        middle[at] ^= 0xFF
    found = outcomes(parts[0] + bytes(middle) + parts[2] + parts[3])
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert [reason for _, reason in found[::2]] == [READ, READ]
    assert "its gzip data is damaged" in found[1][1]


def test_wrong_checksum_of_gzip_costs_one_record() -> None:
    part = bytearray(pack([GOOD]))
    part[-6] ^= 0xFF
    found = outcomes(pack([GOOD]) + bytes(part) + pack([GOOD]))
    assert (found[0], found[-1][1]) == ((1, READ), READ)
    assert any("its gzip data is damaged" in reason for _, reason in found)


def test_gzip_that_breaks_off_costs_its_last_record() -> None:
    raw = pack([GOOD, GOOD])
    assert outcomes(raw[:-50]) == [(1, READ), (2, "its gzip data breaks off")]


@pytest.mark.parametrize("junk", [b"\0" * 1000, b"They left.", b"\x1f\x8b\x08 no gzip"])
def test_bytes_between_packed_records_cost_no_record(junk: bytes) -> None:
    found = outcomes(pack([GOOD]) + junk + pack([GOOD]))
    assert [reason for _, reason in found if reason == READ] == [READ, READ]


def zstd(raw: bytes) -> bytes:
    sink = io.BytesIO()
    writer = ZstdWriter(sink)
    writer.write(raw)
    writer.close()
    return sink.getvalue()


def test_zstandard_is_unpacked() -> None:
    assert outcomes(zstd(GOOD) + zstd(GOOD)) == [(1, READ), (2, READ)]


def test_damaged_zstandard_costs_the_rest() -> None:
    packed = zstd(GOOD)
    found = outcomes(packed * 20 + packed[:100] + b"x" * 500 + packed)
    assert found[:10] == [(number, READ) for number in range(1, 11)]
    assert "its Zstandard data is damaged" in found[-1][1]


def test_file_that_unpacks_without_end_is_left() -> None:
    raw = gzip.compress(GOOD + b"\0" * 30_000_000)
    found = outcomes(raw)
    assert found[0] == (1, READ)
    assert "unpacks to more than 200 times its size" in found[1][1]
    assert len(found) == 2


def test_bytes_of_the_whole_file_have_a_limit() -> None:
    found = outcomes(pack([GOOD] * 3), limits=Limits(archive_bytes=3_000))
    assert "the limit is 3,000" in found[-1][1]


def test_every_cut_ends_in_reports_and_reasons() -> None:
    raw = pack([GOOD, GOOD])
    for size in range(1, len(raw), 7):
        for one in read_warc(io.BytesIO(raw[:size]), Origin("a", "a"), DEFAULT_LIMITS):
            assert isinstance(one, Document | Rejected)


def test_header_fields_are_read_once_in_lower_case() -> None:
    raw = b"WARC/1.0\r\nWARC-Type: a:b \r\nwarc-type: c\r\nno colon\r\nX:\xff\r\n\r\n"
    assert read_header(raw) == {"warc-type": "a:b", "x": "\ufffd"}

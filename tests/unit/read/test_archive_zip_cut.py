"""Zip archives that were cut off give what is whole in them."""

import io
import random
import struct
import zipfile
from typing import cast

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from onrecord.read.streams import read_stream

FILES = (("a.txt", b"They left."), ("in/b.txt", b"They came."), ("c.txt", b"She met."))
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


class Pipe(io.RawIOBase):
    """A stream that cannot be sought in: zipfile then puts sizes behind the files."""

    def __init__(self) -> None:
        self.raw = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.raw += cast(bytes, data)
        return len(cast(bytes, data))


def make_zip(
    method: int, *, streamed: bool = False, files: tuple[tuple[str, bytes], ...] = FILES
) -> bytes:
    pipe = Pipe()
    sink = pipe if streamed else io.BytesIO()
    with zipfile.ZipFile(cast(io.BytesIO, sink), "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return bytes(pipe.raw) if streamed else cast(io.BytesIO, sink).getvalue()


def read(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Document | Rejected]:
    origin = Origin("day.zip", "day")
    return list(read_stream(io.BytesIO(raw), origin, limits, name="day.zip"))


def taken(reports: list[Document | Rejected]) -> list[tuple[str, str | None]]:
    return [(r.text, r.position) for r in reports if isinstance(r, Document)]


def refused(reports: list[Document | Rejected]) -> list[tuple[str | None, str]]:
    return [(r.position, r.reason) for r in reports if isinstance(r, Rejected)]


ALL = [("They left.", "a.txt"), ("They came.", "in/b.txt"), ("She met.", "c.txt")]


@pytest.mark.parametrize("method", METHODS)
def test_without_its_list_all_files_are_read(method: int) -> None:
    raw = make_zip(method)
    cut = raw[: raw.index(b"PK\x01\x02") + 50]
    reports = read(cut)
    assert taken(reports) == ALL
    ((position, reason),) = refused(reports)
    assert position is None
    assert reason == (
        "the zip's list of files is cut off or damaged, at byte "
        f"{len(cut)}; the files are all read; get it again"
    )


@pytest.mark.parametrize("method", METHODS[1:])
def test_files_with_their_sizes_behind_them_are_read(method: int) -> None:
    raw = make_zip(method, streamed=True)
    assert struct.unpack_from("<H", raw, 6)[0] & 8
    reports = read(raw[: raw.index(b"PK\x01\x02")])
    assert taken(reports) == ALL
    assert [reason.partition(",")[0] for _, reason in refused(reports)] == [
        "the zip ends early behind c.txt"
    ]


@pytest.mark.parametrize("streamed", [False, True])
def test_files_before_the_cut_are_kept_and_the_cut_is_named(streamed: bool) -> None:
    raw = make_zip(zipfile.ZIP_DEFLATED, streamed=streamed)
    third = raw.index(b"c.txt")
    reports = read(raw[: third - 8])
    assert taken(reports) == ALL[:2]
    cut = f"at byte {third - 8}; get it again"
    assert refused(reports) == [(None, f"the zip ends early behind in/b.txt, {cut}")]


def test_file_in_which_the_cut_is_costs_its_rest() -> None:
    raw = make_zip(zipfile.ZIP_DEFLATED, streamed=True)
    size = raw.index(b"c.txt") + 8
    reports = read(raw[:size])
    assert taken(reports) == ALL[:2]
    cut = f"at byte {size}; get it again"
    assert refused(reports) == [
        ("c.txt", f"damaged in the zip: the zip breaks off in it, {cut}"),
        (None, f"the zip ends early behind c.txt, {cut}"),
    ]


@pytest.mark.parametrize("streamed", [False, True])
def test_lines_before_the_cut_are_kept(streamed: bool) -> None:
    noise = random.Random(1)
    lines = b"".join(
        b'{"text": "They left for %d."}\n' % noise.getrandbits(90) for _ in range(9_999)
    )
    raw = make_zip(8, streamed=streamed, files=(("day.jsonl", lines),))
    reports = read(raw[: len(raw) // 2])
    assert 4_000 < len(taken(reports)) < 6_000
    assert [position for position, _ in refused(reports)] == ["day.jsonl", None]


def test_wrong_checksum_in_a_cut_zip_costs_that_file() -> None:
    raw = make_zip(zipfile.ZIP_STORED).replace(b"They left.", b"They lost.")
    reports = read(raw[: raw.index(b"PK\x01\x02")])
    assert taken(reports) == ALL[1:]
    assert refused(reports)[0] == (
        "a.txt",
        "damaged in the zip: wrong checksum; pack it again",
    )


def test_stored_file_of_unknown_size_ends_the_reading() -> None:
    raw = make_zip(zipfile.ZIP_STORED, streamed=True)
    reports = read(raw[: raw.index(b"PK\x01\x02")])
    assert taken(reports) == []
    assert [position for position, _ in refused(reports)] == ["a.txt", None]


def test_metadata_behind_a_text_in_a_cut_zip_is_found() -> None:
    files = (("a.txt", b"They left."), ("a.meta.json", b'{"title": "Talks"}'))
    raw = make_zip(zipfile.ZIP_DEFLATED, streamed=True, files=files)
    (report, _) = read(raw[: raw.index(b"PK\x01\x02")])
    assert isinstance(report, Document)
    assert report.title == "Talks"


def test_encrypted_file_in_a_cut_zip_costs_that_file() -> None:
    raw = bytearray(make_zip(zipfile.ZIP_DEFLATED))
    raw[6] |= 1
    reports = read(bytes(raw[: raw.index(b"PK\x01\x02")]))
    assert taken(reports) == ALL[1:]
    assert refused(reports)[0][0] == "a.txt"


@pytest.mark.parametrize("streamed", [False, True])
def test_bomb_in_a_cut_zip_is_refused(streamed: bool) -> None:
    files = (("a.txt", b"a " * 50_000_000), ("b.txt", b"They left."))
    raw = make_zip(zipfile.ZIP_DEFLATED, streamed=streamed, files=files)
    reports = read(raw[: raw.index(b"PK\x01\x02")])
    assert any("archive-ratio" in reason for _, reason in refused(reports))


def test_many_files_in_a_cut_zip_are_too_many() -> None:
    files = tuple((f"{number}.txt", b"") for number in range(30))
    raw = make_zip(zipfile.ZIP_STORED, files=files)
    limits = Limits(archive_files=20)
    reports = read(raw[: raw.index(b"PK\x01\x02")], limits)
    assert "archive-files=40" in refused(reports)[-1][1]


@pytest.mark.parametrize("size", range(4, 330, 7))
def test_any_cut_gives_what_is_before_it_and_one_reason(size: int) -> None:
    raw = make_zip(zipfile.ZIP_DEFLATED, streamed=True)
    reports = read(raw[:size])
    found = taken(reports)
    assert found == ALL[: len(found)]
    assert sum(position is None for position, _ in refused(reports)) == 1

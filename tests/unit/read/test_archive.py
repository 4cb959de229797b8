"""Archives of every kind, nested, damaged and hostile."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read import read_reports
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from onrecord.read.streams import read_stream

LINES = b'{"text": "They left."}\n{"text": "They came."}\n'
TABLE = b"text,id\nThey left.,7\n"
META = b'{"date": "2022-01-29", "title": "Talks"}'

Files = Sequence[tuple[str, bytes]]


def make_zip(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def make_tar(files: Files, *others: tarfile.TarInfo) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for other in others:
            archive.addfile(other)
    return buffer.getvalue()


def read(
    raw: bytes, name: str = "day.zip", limits: Limits = DEFAULT_LIMITS
) -> list[Document | Rejected]:
    origin = Origin(name, name.partition(".")[0])
    return list(read_stream(io.BytesIO(raw), origin, limits, name=name))


def taken(reports: Sequence[Document | Rejected]) -> list[tuple[str, str | None]]:
    return [(r.text, r.position) for r in reports if isinstance(r, Document)]


def refused(reports: Sequence[Document | Rejected]) -> list[tuple[str | None, str]]:
    return [(r.position, r.reason) for r in reports if isinstance(r, Rejected)]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (gzip.compress(LINES), "day.jsonl.gz"),
        (gzip.compress(LINES), "day"),
        (gzip.compress(LINES[:24]) + gzip.compress(LINES[24:]), "day.jsonl.gz"),
        (gzip.compress(LINES) + bytes(512), "day.jsonl.gz"),
        (bz2.compress(LINES), "day.jsonl.bz2"),
        (bz2.compress(LINES[:5]) + bz2.compress(LINES[5:]), "day.jsonl.bz2"),
        (lzma.compress(LINES), "day.jsonl.xz"),
        (gzip.compress(LINES.decode().encode("utf-16")), "day.jsonl.gz"),
        (gzip.compress(b"".join(LINES.partition(b"\n")[:2])) * 2, "day.jsonl.gz"),
    ],
    ids=["gz", "unnamed", "parts", "padded", "bz2", "bz2 parts", "xz", "utf-16", "x2"],
)
def test_packed_lines_are_read(raw: bytes, name: str) -> None:
    reports = read(raw, name)
    assert [position for _, position in taken(reports)] == ["line 1", "line 2"]
    assert refused(reports) == []
    assert [report.source_id for report in reports] == ["day#1", "day#2"]
    assert reports[0].file == name


@pytest.mark.parametrize(
    "pack",
    [
        make_zip,
        make_tar,
        lambda files: make_zip(files, zipfile.ZIP_STORED),
        lambda files: make_zip(files, zipfile.ZIP_BZIP2),
        lambda files: make_zip(files, zipfile.ZIP_LZMA),
        lambda files: gzip.compress(make_tar(files)),
        lambda files: bz2.compress(make_tar(files)),
        lambda files: lzma.compress(make_tar(files)),
        lambda files: make_zip([("in.tar", make_tar(files))]),
        lambda files: make_tar([("a/in.zip", make_zip(files))]),
    ],
    ids=[
        "zip",
        "tar",
        "stored",
        "bzip2",
        "lzma",
        "tgz",
        "tbz",
        "txz",
        "tar in",
        "zip in",
    ],
)
def test_files_of_every_kind_in_an_archive(pack: object) -> None:
    files = [("a.txt", b"They left."), ("in/day.jsonl", LINES), ("b.csv", TABLE)]
    reports = read(pack(files), "day.bin")  # type: ignore[operator]
    assert refused(reports) == []
    assert [text for text, _ in taken(reports)] == [
        "They left.",
        "They left.",
        "They came.",
        "They left.",
    ]
    places = [str(position).rpartition(" > ")[2] for _, position in taken(reports)]
    assert places == [
        "a.txt",
        "in/day.jsonl, line 1",
        "in/day.jsonl, line 2",
        "b.csv, line 2",
    ]
    assert [report.source_id for report in reports] == ["a", "day#1", "day#2", "7"]


def test_place_names_every_archive_on_the_way() -> None:
    inner = make_tar([("x/day.jsonl.gz", gzip.compress(LINES))])
    reports = read(make_zip([("a/in.tgz", gzip.compress(inner))]))
    assert taken(reports)[1] == (
        "They came.",
        "a/in.tgz > x/day.jsonl.gz, line 2",
    )


@pytest.mark.parametrize("pack", [make_zip, make_tar], ids=["zip", "tar"])
@pytest.mark.parametrize("turn", [1, -1], ids=["meta last", "meta first"])
def test_metadata_beside_a_text_belongs_to_it(pack: object, turn: int) -> None:
    files = [
        ("x/a.txt", b"They left."),
        ("a.txt", b"They came."),
        ("x/a.meta.json", META),
    ]
    reports = read(pack(files[::turn]))  # type: ignore[operator]
    titles = {report.position: report.title for report in reports}  # type: ignore[union-attr]
    assert titles == {"x/a.txt": "Talks", "a.txt": None}


def test_metadata_in_a_packed_tar_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "day.tar.gz"
    path.write_bytes(
        gzip.compress(make_tar([("a.txt", b"They left."), ("a.meta.json", META)]))
    )
    (report,) = read_reports([path])
    assert isinstance(report, Document)
    assert (report.title, report.position) == ("Talks", "a.txt")


def test_metadata_beside_a_packed_text_belongs_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"They left."))
    (tmp_path / "a.meta.json").write_bytes(META)
    (report,) = read_reports([tmp_path])
    assert isinstance(report, Document)
    assert (report.title, report.source_id) == ("Talks", "a")


@pytest.mark.parametrize("pack", [make_zip, make_tar], ids=["zip", "tar"])
def test_hidden_files_are_passed_over(pack: object) -> None:
    files = [
        (".DS_Store", b"x"),
        ("__MACOSX/._a.txt", b"x"),
        ("in/.git/a.txt", b"x"),
        ("./a.txt", b"They left."),
    ]
    reports = read(pack(files))  # type: ignore[operator]
    assert taken(reports) == [("They left.", "./a.txt")]
    assert refused(reports) == []


@pytest.mark.parametrize("pack", [make_zip, make_tar], ids=["zip", "tar"])
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("/etc/passwd", "/etc/passwd"),
        ("C:\\Windows\\x.txt", "C:\\Windows\\x.txt"),
        ("a\x1b[2Jb.txt", "a\\x1b[2Jb.txt"),
        ("a\u202eb.txt", "a\\u202eb.txt"),
        ("a\nb.txt", "a\\nb.txt"),
    ],
)
def test_hostile_names_are_only_names(pack: object, name: str, shown: str) -> None:
    (report,) = read(pack([(name, b"They left.")]))  # type: ignore[operator]
    assert isinstance(report, Document)
    assert report.position == shown
    assert "\x1b" not in report.source_id


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", [make_zip, make_tar], ids=["zip", "tar"])
def test_files_of_one_name_are_told_apart(pack: object) -> None:
    reports = read(pack([("a.txt", b"They left."), ("a.txt", b"They came.")]))  # type: ignore[operator]
    assert taken(reports) == [("They left.", "a.txt"), ("They came.", "a.txt (2)")]


def test_folders_links_and_devices_of_a_tar() -> None:
    kinds = {
        "dir": tarfile.DIRTYPE,
        "sym": tarfile.SYMTYPE,
        "hard": tarfile.LNKTYPE,
        "dev": tarfile.CHRTYPE,
        "pipe": tarfile.FIFOTYPE,
    }
    others = []
    for name, kind in kinds.items():
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        others.append(info)
    reports = read(make_tar([("a.txt", b"They left.")], *others))
    assert taken(reports) == [("They left.", "a.txt")]
    assert [position for position, _ in refused(reports)] == [
        "sym",
        "hard",
        "dev",
        "pipe",
    ]
    assert [
        reason.partition(";")[0].partition(",")[0] for _, reason in refused(reports)
    ] == [
        "a link",
        "a link",
        "a device or pipe",
        "a device or pipe",
    ]


def test_link_in_a_zip_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    ((position, reason),) = refused(read(buffer.getvalue()))
    assert position == "a.txt"
    assert reason.startswith("a link")


def test_encrypted_file_costs_that_file() -> None:
    raw = bytearray(make_zip([("a.txt", b"They left."), ("b.txt", b"They came.")]))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    raw[6] |= 1
    reports = read(bytes(raw))
    assert refused(reports) == [
        ("a.txt", "encrypted in the zip; pack it without a password")
    ]
    assert taken(reports) == [("They came.", "b.txt")]


def test_unknown_packing_costs_that_file() -> None:
    raw = bytearray(make_zip([("a.txt", b"They left."), ("b.txt", b"They came.")]))
    struct.pack_into("<H", raw, raw.index(b"PK\x01\x02") + 10, 9)  # deflate64
    struct.pack_into("<H", raw, 8, 9)
    reports = read(bytes(raw))
    ((position, reason),) = refused(reports)
    assert position == "a.txt"
    assert "compression" in reason
    assert taken(reports) == [("They came.", "b.txt")]


def test_damaged_file_costs_that_file() -> None:
    good = make_zip([("a.txt", b"They left."), ("b.txt", b"They came.")], 0)
    reports = read(good.replace(b"They left.", b"They lost."))
    ((position, reason),) = refused(reports)
    assert position == "a.txt"
    assert reason.startswith("damaged in the zip: Bad CRC-32")
    assert taken(reports) == [("They came.", "b.txt")]


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        (
            make_zip([("a.txt", b"x")])[:20],
            "a.zip",
            "the zip ends early, at byte 20",
        ),
        (make_zip([("a.txt", b"x" * 99)])[60:], "a.zip", "named .zip and is not"),
        (make_zip([]), "a.zip", "the archive has no files in it"),
        (gzip.compress(b"They left.")[:-9], "a.txt.gz", "the gzip data breaks off"),
        (bz2.compress(b"They left.")[:-9], "a.txt.bz2", "the bzip2 data breaks off"),
        (lzma.compress(b"They left.")[:-9], "a.txt.xz", "the xz data breaks off"),
        (
            gzip.compress(b"They left.") + b"x" * 20,
            "a.txt.gz",
            "the gzip data is damaged",
        ),
        (gzip.compress(b""), "a.txt.gz", "the file is empty"),
        (gzip.compress(b"x")[:-8] + bytes(8), "a.txt.gz", "the gzip data is damaged"),
    ],
)
def test_what_is_wrong_with_an_archive_is_said(
    raw: bytes, name: str, reason: str
) -> None:
    ((_, said),) = refused(read(raw, name))
    assert said.startswith(reason)


def test_lines_before_a_break_are_kept() -> None:
    noise = random.Random(1)
    lines = [
        b'{"text": "They left for %d."}\n' % noise.getrandbits(90) for _ in range(9999)
    ]
    raw = gzip.compress(b"".join(lines))
    reports = read(raw[: len(raw) // 2], "day.jsonl.gz")
    assert len(taken(reports)) > 4000
    assert len(refused(reports)) == 1
    assert isinstance(reports[-1], Rejected)


def test_tar_goes_on_behind_a_damaged_header() -> None:
    raw = bytearray(make_tar([(f"{n}.txt", b"They left.") for n in "abc"]))
    raw[1024] ^= 0xFF
    reports = read(bytes(raw), "day.tar")
    assert [position for _, position in taken(reports)] == ["a.txt", "c.txt"]
    ((_, reason),) = refused(reports)
    assert reason.startswith("damaged tar behind a.txt: bad checksum")


@pytest.mark.parametrize("size", [1024, 1030, 1200, 1600])
def test_cut_tar_says_so(size: int) -> None:
    raw = make_tar([("a.txt", b"They left."), ("b.txt", b"They came.")])
    reports = read(raw[:size], "day.tar")
    assert taken(reports)[0] == ("They left.", "a.txt")
    assert isinstance(reports[-1], Rejected)


def test_tars_one_behind_another_are_read() -> None:
    raw = make_tar([("a.txt", b"They left.")]) + make_tar([("b.txt", b"They came.")])
    assert taken(read(raw)) == [("They left.", "a.txt"), ("They came.", "b.txt")]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_endless_tar_header_is_refused(kind: bytes) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 10**9
    raw = make_tar([("a.txt", b"They left.")])[:1024] + info.tobuf() + bytes(10240)
    reports = read(raw)
    assert taken(reports) == [("They left.", "a.txt")]
    assert "a header of 1,000,000,000 bytes" in refused(reports)[0][1]


def test_tar_of_negative_size_ends() -> None:
    info = tarfile.TarInfo("x")
    raw = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    raw[124:136] = b"\xff" * 11 + b"\x00"
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw[:512])
    reports = read(make_tar([("a.txt", b"They left.")])[:1024] + bytes(raw))
    assert taken(reports) == [("They left.", "a.txt")]
    assert isinstance(reports[-1], Rejected)


def test_archives_too_deep_in_one_another_are_refused() -> None:
    raw = LINES
    for _ in range(3):
        raw = gzip.compress(raw)
    limits = Limits(archive_depth=2)
    ((_, reason),) = refused(read(raw, "a.gz", limits))
    assert reason == (
        "archives lie 3 deep in one another, the limit is 2; "
        "raise it with --limit archive-depth=4"
    )
    assert len(taken(read(raw, "a.gz", Limits(archive_depth=3)))) == 2


@pytest.mark.parametrize("pack", [make_zip, make_tar], ids=["zip", "tar"])
def test_files_beyond_the_limit_are_not_read(pack: object) -> None:
    files = [(f"{n}.txt", b"They left.") for n in range(9)]
    reports = read(pack(files), limits=Limits(archive_files=5))  # type: ignore[operator]
    assert len(taken(reports)) in (0, 5)  # a zip says beforehand how many it has
    ((_, reason),) = refused(reports)
    assert "the limit is 5; raise it with --limit archive-files=10" in reason


def test_files_of_nested_archives_count_together() -> None:
    inner = make_tar([(f"{n}.txt", b"They left.") for n in range(3)])
    raw = make_tar([("a.tar", inner), ("b.tar", inner)])
    reports = read(raw, limits=Limits(archive_files=6))
    assert len(taken(reports)) == 4
    assert refused(reports)[-1][1].endswith("the rest of it is not read")


def test_bytes_beyond_the_limit_are_not_read() -> None:
    files = [(f"{n}.txt", b"They left. " * 100) for n in range(9)]
    reports = read(make_zip(files), limits=Limits(archive_bytes=3000))
    assert len(taken(reports)) == 2
    assert "--limit archive-bytes=6000" in refused(reports)[0][1]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_bomb_costs_its_file(pack: object) -> None:
    bomb = pack(b"a" * 30_000_000)  # type: ignore[operator]
    reports = read(make_zip([("a.gz", bomb), ("b.txt", b"They came.")], 0))
    assert taken(reports) == [("They came.", "b.txt")]
    ((position, reason),) = refused(reports)
    assert position == "a.gz"
    assert "times its size and more, the limit is 200" in reason


def test_bomb_packed_twice_is_seen() -> None:
    raw = gzip.compress(b"They left.\n" * 2_000_000)
    raw = gzip.compress(raw)
    limits = Limits(archive_ratio=300)
    ((_, reason),) = refused(read(raw, "a.txt.gz.gz", limits))
    assert "the limit is 300" in reason


def test_many_bombs_end_the_archive() -> None:
    files = [(f"{n}.txt", b"a" * 11_000_000) for n in range(12)]
    reasons = [reason for _, reason in refused(read(make_zip(files)))]
    assert len(reasons) == 11
    assert reasons[-1].startswith("more than 10 parts like those of a bomb: it unpacks")


def test_files_that_share_their_bytes_are_refused() -> None:
    raw = make_zip([("a.txt", b"They left.")], 0)
    at = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    listed = entry * 3
    tail = bytearray(raw[end:])
    struct.pack_into("<HHL", tail, 8, 3, 3, len(listed))
    reasons = [reason for _, reason in refused(read(raw[:at] + listed + bytes(tail)))]
    assert len(reasons) == 3
    assert {reason.partition(",")[0] for reason in reasons} == {
        "it shares its bytes with another file"
    }


def test_parquet_in_archives_and_on_standard_input() -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": ["They left.", "They came."]}), buffer)
    raw = buffer.getvalue()
    for packed, name in (
        (raw, "-"),
        (make_zip([("day.parquet", raw)]), "day.zip"),
        (make_tar([("day.parquet", raw)]), "day.tar"),
        (gzip.compress(raw), "day.parquet.gz"),
    ):
        texts = [text for text, _ in taken(read(packed, name))]
        assert texts == ["They left.", "They came."]


def test_temporary_file_keeps_to_the_limit() -> None:
    raw = make_zip([("a.txt", b"They left.")])
    ((_, reason),) = refused(read(raw, "-", Limits(archive_bytes=50)))
    assert reason.startswith("it is too large for a temporary file, the limit is 50")


def test_archive_on_standard_input() -> None:
    raw = make_zip([("a.txt", b"They left.")])
    (report,) = read_reports(["-"], stdin=io.BytesIO(raw))
    assert isinstance(report, Document)
    assert (report.file, report.position) == ("-", "a.txt")


def test_long_names_and_messages_are_shortened() -> None:
    name = "x" * 40_000
    (report,) = read(make_zip([(name, b"They left.")]))
    assert isinstance(report, Document)
    assert len(report.position or "") < 400
    assert len(report.source_id) < 400
    raw = make_zip([(name, b"They left.")], 0)
    ((_, reason),) = refused(read(raw.replace(b"xx", b"yy", 1)))
    assert reason.startswith("damaged in the zip: File name in directory")
    assert len(reason) < 300

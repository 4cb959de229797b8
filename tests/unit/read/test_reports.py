"""Files, folders and standard input together."""

import gzip
import io
import os
import tarfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.errors import InputError, UsageError
from onrecord.model.document import Document, Rejected
from onrecord.read import address, read_reports
from onrecord.read.fetch_policy import FetchPolicy
from onrecord.read.limits import Limits


def fill(folder: Path) -> None:
    (folder / "a.txt").write_text("They left.")
    (folder / "a.meta.json").write_text('{"title": "Talks"}')
    (folder / "b.jsonl").write_text('{"text": "b"}\n{"text"\n')
    (folder / "c.json").write_text('[{"text": "c"}]')
    (folder / "d.csv").write_text("text;id\nd;1\n")
    (folder / "e.html").write_text("<html>")
    (folder / "f.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    pq.write_table(pa.table({"text": ["g"]}), folder / "g.parquet")


def test_folder_of_every_kind(tmp_path: Path) -> None:
    fill(tmp_path)
    reports = list(read_reports([tmp_path]))
    assert [report.source_id for report in reports if isinstance(report, Document)] == [
        "a",
        "b#1",
        "c#1",
        "1",
        "g#1",
    ]
    refused = [report for report in reports if isinstance(report, Rejected)]
    assert [Path(report.file or "").name for report in refused] == [
        "b.jsonl",
        "e.html",
        "f.png",
    ]
    assert all(report.stage == "read" for report in refused)


def test_second_reading_gives_the_same(tmp_path: Path) -> None:
    fill(tmp_path)
    assert list(read_reports([tmp_path])) == list(read_reports([tmp_path]))


def test_inputs_are_read_in_the_order_given(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    named = [tmp_path / "b.txt", str(tmp_path / "a.txt")]
    assert [report.source_id for report in read_reports(named)] == ["b", "a"]


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (b"date 2022-01-29 They left.", ["stdin"]),
        (b'{"text": "a"}\n{"text": "b", "id": 9}\n', ["stdin#1", "9"]),
        (b'[{"text": "a"}]', ["stdin#1"]),
        (b'{\n"text": "a"\n}', ["stdin"]),
        (b"date,text\n2022-01-29,a\n", ["stdin#2"]),
    ],
    ids=["text", "lines", "list", "object", "table"],
)
def test_standard_input_of_every_kind(raw: bytes, ids: list[str]) -> None:
    reports = list(read_reports(["-"], stdin=io.BytesIO(raw)))
    assert all(isinstance(report, Document) for report in reports)
    assert [report.source_id for report in reports] == ids
    assert reports[0].file == "-"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"PAR1xxxx", "damaged Parquet"),
        (b"\xff\xfea", "broken utf-16"),
        (b"\x1f\x8b\x08", "the gzip data breaks off"),
    ],
)
def test_bad_standard_input_is_refused(raw: bytes, reason: str) -> None:
    (report,) = read_reports(["-"], stdin=io.BytesIO(raw))
    assert isinstance(report, Rejected)
    assert report.reason.startswith(reason)
    assert report.file == "-"


def test_lines_before_broken_utf16_are_kept() -> None:
    raw = ('{"text": "a"}\n' * 9000).encode("utf-16") + b"\x00"
    reports = list(read_reports(["-"], stdin=io.BytesIO(raw)))
    assert isinstance(reports[0], Document)
    assert isinstance(reports[-1], Rejected)


def test_web_address_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def read_address(name: str, **how: object) -> list[object]:
        asked.append((name, how["policy"], how["limits"]))
        return []

    monkeypatch.setattr(address, "read_address", read_address)
    policy, limits = FetchPolicy(follow=True), Limits(fetch_bytes=7)
    named = ["https://example.org/a"]
    assert list(read_reports(named, policy=policy, limits=limits)) == []
    assert asked == [("https://example.org/a", policy, limits)]


def test_address_with_a_password_is_an_error_before_anything_is_read() -> None:
    with pytest.raises(UsageError):
        read_reports(["https://me:secret@example.org/a"])


def test_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_bytes(b'{"text": "They left."}\n' * 20_000)
    reports = read_reports([path])
    assert isinstance(next(reports), Document)
    with path.open("ab") as stream:
        stream.write(b'{"text": "They came."}\n')
    *_, last = reports
    assert isinstance(last, Rejected)
    assert last.reason.startswith("the file changed while it was read")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("day.jsonl", "the file changed while it was read"),
        ("day.txt", "the file changed while it was read"),
        ("day.jsonl.gz", "the file changed while it was read"),
        ("day.tar", "damaged tar behind day.jsonl: unexpected end of data"),
    ],
)
def test_file_that_shrinks_while_it_is_read_is_refused(
    name: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    raw = b'{"text": "They left."}\n' * 20_000
    info = tarfile.TarInfo("day.jsonl")
    info.size = len(raw)
    packed = info.tobuf() + raw + bytes(10240)
    path.write_bytes(
        {"day.jsonl.gz": gzip.compress(raw, 0), "day.tar": packed}.get(name, raw)
    )
    reports = read_reports([path])
    assert isinstance(next(reports), Document)
    os.truncate(path, 100_000)
    *_, last = reports
    assert isinstance(last, Rejected)
    assert last.reason.startswith(reason)


def test_parquet_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "day.parquet"
    pq.write_table(pa.table({"text": ["They left."] * 600}), path)
    reports = read_reports([path])
    assert isinstance(next(reports), Document)
    os.utime(path, (1, 1))
    *_, last = reports
    assert isinstance(last, Rejected)
    assert last.reason.startswith("the file changed while it was read")


def test_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They left.")
    with pytest.raises(InputError, match="'gone' does not exist") as caught:
        read_reports([tmp_path / "a.txt", "gone"])
    assert caught.value.file == "gone"


@pytest.mark.parametrize("named", [[], ["-", "-"]])
def test_wrong_use_is_an_error(named: list[str]) -> None:
    with pytest.raises(UsageError):
        read_reports(named)


@pytest.mark.parametrize("name", ["", "a\x00b", "\udce9"])
def test_impossible_path_is_an_error(name: str) -> None:
    with pytest.raises(InputError):
        read_reports([name])


def test_disk_trouble_costs_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("They left.")

    def refuse(path: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (report,) = read_reports([tmp_path / "a.txt"])
    assert isinstance(report, Rejected)
    assert "permission denied" in report.reason


def test_reports_come_one_by_one(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return b'{"text": "They left."}\n' * 100

    reports = read_reports(["-"], stdin=Endless())  # type: ignore[arg-type]
    assert isinstance(next(reports), Document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_mail_saved_with_a_mark_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text("From: Wire\nSubject: Talks\n\nThey left.", encoding=encoding)
    (report,) = read_reports([path])
    assert isinstance(report, Document)
    assert (report.title, report.text.strip()) == ("Talks", "They left.")

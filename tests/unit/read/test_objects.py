"""Objects are read as files are: the same reports, in the same order."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.model.document import Document, Rejected
from onrecord.objects import Place
from onrecord.read import read_reports
from onrecord.read.limits import DEFAULT_LIMITS, parse_limits
from onrecord.read.objects import read_objects
from tests.support.s3 import s3_server

TEXT = "Russia demanded guarantees from NATO on Friday, officials in Moscow said."


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with s3_server(tmp_path_factory.mktemp("s3")):
        yield


@pytest.fixture(params=["s3", "file"])
def place(request: pytest.FixtureRequest, s3: None, tmp_path: Path) -> Place:
    name = request.node.name.partition("[")[0]
    if request.param == "s3":
        return Place(f"s3://news/{name}")
    return Place(f"file://{tmp_path}/in")


def zipped(name: str, raw: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, raw)
    return stream.getvalue()


FILES = {
    "b.txt": f"Date: 2022-01-29\n\n{TEXT} One.".encode(),
    "b/day.jsonl.gz": gzip.compress(f'{{"text": "{TEXT} Two."}}\n'.encode()),
    "a-1.zip": zipped("in/x.txt", f"{TEXT} Three.".encode()),
    "a/x.txt": f"{TEXT} Four.".encode(),
    "a/x.meta.json": b'{"title": "Four", "date": "2022-01-30"}',
    "a/.hidden": b"x",
    "empty.txt": b"",
}


def test_prefix_is_read_as_a_folder_is(place: Place, tmp_path: Path) -> None:
    for name, raw in FILES.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        place.put(name, raw)
    there = list(read_reports([place.address]))
    here = list(read_reports([tmp_path / "folder"]))
    assert [type(item) for item in there] == [type(item) for item in here]
    assert len(there) == 5
    for one, other in zip(there, here, strict=True):
        assert one.file == other.file.replace(f"{tmp_path}/folder", place.address)
        assert one.position == other.position
        if isinstance(one, Document) and isinstance(other, Document):
            assert (one.doc_id, one.source_id) == (other.doc_id, other.source_id)
            assert (one.title, one.date) == (other.title, other.date)


def test_one_object_is_read_with_the_metadata_beside_it(place: Place) -> None:
    for name in ("a/x.txt", "a/x.meta.json"):
        place.put(name, FILES[name])
    (report,) = read_reports([f"{place.address}/a/x.txt"])
    assert isinstance(report, Document)
    assert (report.file, report.title) == (f"{place.address}/a/x.txt", "Four")
    assert report.source_id == "x"


def test_nothing_at_an_address_costs_that_input(place: Place) -> None:
    place.put("a/x.txt", FILES["a/x.txt"])
    missing, report = read_reports([f"{place.address}/none", place.address])
    assert isinstance(missing, Rejected)
    assert missing.reason == "nothing is there; check the address"
    assert missing.file == f"{place.address}/none"
    assert isinstance(report, Document)


def test_bucket_that_is_not_there_costs_that_input(s3: None) -> None:
    (refused,) = read_objects("s3://nobody/day", DEFAULT_LIMITS)
    assert isinstance(refused, Rejected)
    assert refused.file == "s3://nobody/day"
    assert refused.reason == "nothing is there; check the address"


def test_object_that_vanishes_costs_that_object(place: Place) -> None:
    place.put("a.txt", FILES["b.txt"])
    place.put("b.txt", FILES["b.txt"])
    place.put("c.txt", FILES["a/x.txt"])
    items = read_objects(place.address, DEFAULT_LIMITS)
    assert isinstance(next(items), Document)
    place.delete("b.txt")
    gone, last = items
    assert isinstance(gone, Rejected)
    assert gone.file == f"{place.address}/b.txt"
    assert gone.reason == "it is gone; list the prefix again, or do without"
    assert isinstance(last, Document)


def test_object_that_changes_is_said(place: Place) -> None:
    lines = "".join(f'{{"text": "{TEXT} {n}."}}\n' for n in range(2_000))
    place.put("day.jsonl", lines.encode())
    items = read_objects(place.address, DEFAULT_LIMITS)
    assert isinstance(next(items), Document)
    place.put("day.jsonl", lines.encode() + b"\n")
    *_, last = items
    assert isinstance(last, Rejected)
    assert "changed while it was read" in last.reason


def test_limits_hold_for_objects(place: Place) -> None:
    place.put("a.txt", FILES["b.txt"])
    (refused,) = read_objects(place.address, parse_limits(["report-characters=10"]))
    assert isinstance(refused, Rejected)
    assert "--limit report-characters" in refused.reason


def test_address_with_a_password_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="put credentials into the environment"):
        read_reports(["s3://me:secret@news/day"])

from pathlib import Path

import pytest

from onrecord.errors import ObjectsError, UsageError
from onrecord.objects import (
    Place,
    check_object_address,
    delta_options,
    is_object_address,
    order_of,
)
from tests.support.s3 import s3_server


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("s3://bucket/a/b/", "s3://bucket/a/b"),
        ("S3://bucket", "s3://bucket"),
        ("gs://bucket/50% off?", "gs://bucket/50% off?"),
        ("abfss://box@name.dfs.core.windows.net/a", None),
        ("file:///tmp/a", "file:///tmp/a"),
    ],
)
def test_address_is_kept_as_written(given: str, kept: str | None) -> None:
    assert check_object_address(given) == (kept or given)


@pytest.mark.parametrize(
    "given", ["s3://me:secret@bucket/a", "abfss://me:secret@box/a", "gs://me@b/a"]
)
def test_address_with_a_password_is_refused_without_showing_it(given: str) -> None:
    with pytest.raises(UsageError, match="environment") as refused:
        check_object_address(given)
    assert "secret" not in str(refused.value)
    assert "me" not in str(refused.value).split("an address")[0]


@pytest.mark.parametrize("given", ["s3://", "s3:///a", "file://a/b"])
def test_address_of_no_place_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="write"):
        check_object_address(given)


@pytest.mark.parametrize("given", ["s3:/a", "http://a/b", "a/s3://b", "-", "day.jsonl"])
def test_what_is_no_address(given: str) -> None:
    assert not is_object_address(given)


def test_names_are_in_the_order_of_folders() -> None:
    names = ["b.txt", "b/a.txt", "a-1/x", "a/x", "B/x"]
    assert sorted(names, key=order_of) == ["B/x", "a/x", "a-1/x", "b/a.txt", "b.txt"]


def test_object_in_a_folder_is_replaced_in_one_step(tmp_path: Path) -> None:
    place = Place(f"file://{tmp_path}/new")
    assert place.objects() == {}
    place.put("a/b", b"1")
    place.put("a/b", b"22")
    assert place.get("a/b") == b"22"
    assert {name: look.size for name, look in place.objects().items()} == {"a/b": 2}
    assert [path.name for path in (tmp_path / "new/a").iterdir()] == ["b"]
    place.delete("a/b")
    place.delete("a/b")
    assert place.get("a/b") is None


def test_objects_in_a_bucket(tmp_path: Path) -> None:
    with s3_server(tmp_path):
        place = Place("s3://news/some folder")
        place.put("a/b c.txt", b"1")
        place.put("a/50%.txt", b"22")
        assert list(place.objects()) == ["a/50%.txt", "a/b c.txt"]
        assert list(place.objects("a")) == ["a/50%.txt", "a/b c.txt"]
        assert place.folders("") == ["a"]
        assert place.get("a/50%.txt") == b"22"
        assert place.look("a/b c.txt").size == 1
        assert place.look("a") is None
        assert place.get("none") is None
        place.delete("a/50%.txt")
        assert list(place.objects()) == ["a/b c.txt"]
        with pytest.raises(ObjectsError, match="check the name of the bucket"):
            Place("s3://nobody/a").put("b", b"1")


def test_store_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    with pytest.raises(ObjectsError, match="check the network") as said:
        Place("s3://news/a").objects()
    assert "hidden" not in str(said.value)
    assert delta_options("s3://news/a")["aws_allow_http"] == "true"

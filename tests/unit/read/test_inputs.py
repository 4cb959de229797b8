"""The files that an input stands for."""

import errno
import os
from pathlib import Path

import pytest

from onrecord.model.document import Rejected
from onrecord.read.inputs import list_files, why_not_opened


def names(path: Path) -> list[str]:
    return [
        found.reason if isinstance(found, Rejected) else found.name
        for found in list_files(path)
    ]


def fill(folder: Path, *files: str) -> None:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("x")


def test_file_is_itself(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    assert list(list_files(tmp_path / "a.txt")) == [tmp_path / "a.txt"]


def test_folder_is_read_below_in_order(tmp_path: Path) -> None:
    fill(tmp_path, "c.txt", "b/z.txt", "b/a/q.txt", "a.txt", "B.txt")
    assert names(tmp_path) == ["B.txt", "a.txt", "q.txt", "z.txt", "c.txt"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".a.txt", ".git/b.txt", "c.txt")
    assert names(tmp_path) == ["c.txt"]


def test_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    fill(tmp_path, ".day/a.txt")
    assert names(tmp_path / ".day") == ["a.txt"]


def test_metadata_files_are_no_reports(tmp_path: Path) -> None:
    fill(tmp_path, "a.meta.json", "a.txt")
    assert names(tmp_path) == ["a.txt"]


def test_metadata_file_that_is_named_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, "a.meta.json")
    assert names(tmp_path / "a.meta.json")[0].startswith("metadata of the text")


def test_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_link_to_a_file_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, "x/a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "x/a.txt")
    assert names(tmp_path) == ["b.txt", "a.txt"]


def test_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    fill(tmp_path, "b.txt")
    refused, found = names(tmp_path)
    assert "a link to nothing" in refused
    assert found == "b.txt"


def test_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert "point at each other" in names(tmp_path)[0]


def test_link_back_up_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "d/a.txt")
    (tmp_path / "d/up").symlink_to(tmp_path)
    found, refused = names(tmp_path)
    assert found == "a.txt"
    assert refused.startswith("a link back to a folder")


def test_pipe_is_refused_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path)[0].startswith("a pipe, socket or device")


def test_device_is_refused() -> None:
    assert names(Path("/dev/null"))[0].startswith("a pipe, socket or device")


def test_folder_without_leave_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a/x.txt", "b.txt")
    listing = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(errno.EACCES, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    refused, found = names(tmp_path)
    assert refused.startswith("it cannot be read: permission denied")
    assert found == "b.txt"


def test_name_that_is_not_utf8_is_shown_and_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9")).symlink_to(tmp_path / "gone")
    (refused,) = list_files(tmp_path)
    assert isinstance(refused, Rejected)
    assert refused.file == f"{tmp_path}/caf\\xe9"


def test_unknown_trouble_is_passed_on() -> None:
    reason = why_not_opened(OSError(errno.EIO, "Input/output error"))
    assert reason == "it cannot be read: Input/output error; check the disk"

"""Files are taken when nobody writes to them any more."""

import os
import time
from pathlib import Path

import pytest

from onrecord.read.watch import Look, Sight, find_whole, is_partial, look

FILE = Path("in/day.jsonl")
OLD = Look(size=5, modified=10, changed=10, place=(1, 7))
GROWN = Look(size=9, modified=12, changed=12, place=(1, 7))


def whole(now: dict[Path, Look], before: dict[Path, Look]) -> tuple[Path, ...]:
    return find_whole(Sight(now), Sight(before))


def test_a_file_is_whole_when_two_looks_are_alike():
    assert whole({FILE: OLD}, {}) == ()
    assert whole({FILE: GROWN}, {FILE: OLD}) == ()
    assert whole({FILE: GROWN}, {FILE: GROWN}) == (FILE,)


def test_a_file_renamed_into_place_is_whole_at_once():
    part, moved = Path("in/day.jsonl.part"), Look(5, 10, 99, (1, 7))
    assert whole({FILE: moved}, {part: OLD}) == (FILE,)
    assert whole({FILE: GROWN}, {part: OLD}) == ()


def test_a_name_younger_than_the_content_is_whole_at_once():
    second = 1_000_000_000
    moved = Look(5, 10 * second, 12 * second, (1, 7))
    assert whole({FILE: moved}, {}) == (FILE,)
    assert whole({FILE: Look(5, 10 * second, 11 * second, (1, 7))}, {}) == ()


def test_partial_files_are_never_whole():
    part = Path("in/day.jsonl.part")
    assert whole({part: OLD}, {part: OLD}) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PART", True),
        ("a.csv.crdownload", True),
        ("a.tmp", True),
        ("a.txt~", True),
        ("party.txt", False),
        ("tmp", False),
    ],
)
def test_partial_names(name, expected):
    assert is_partial(name) == expected


def test_a_look_sees_files_below_and_passes_over_hidden_ones(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("deep/a.txt", "b.txt", ".hidden", "c.part"):
        (tmp_path / name).write_text("x")
    seen = look([tmp_path])
    names = [str(path.relative_to(tmp_path)) for path in seen.files]
    assert (names, seen.refused) == (["b.txt", "c.part", "deep/a.txt"], ())


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_a_look_changes_with_content_and_metadata(tmp_path, name):
    path = tmp_path / name
    path.write_text("one")
    first = look([tmp_path]).files[path]
    assert look([tmp_path]).files[path] == first
    path.write_text("three")
    second = look([tmp_path]).files[path]
    assert (first.size, second.size) == (3, 5)
    (tmp_path / "a.meta.json").write_text("{}")
    third = look([tmp_path]).files[path]
    assert (second.meta, third.meta and third.meta.size) == (None, 2)


def test_a_real_rename_into_place_is_seen(tmp_path):
    part, path = tmp_path / "a.txt.tmp", tmp_path / "a.txt"
    part.write_text("Text.")
    before = look([tmp_path])
    part.rename(path)
    assert find_whole(look([tmp_path]), before) == (path,)


def test_a_real_move_from_elsewhere_is_seen(tmp_path):
    (tmp_path / "in").mkdir()
    elsewhere, path = tmp_path / "a.txt", tmp_path / "in/a.txt"
    elsewhere.write_text("Text.")
    long_ago = time.time() - 60
    os.utime(elsewhere, (long_ago, long_ago))
    elsewhere.rename(path)
    assert find_whole(look([tmp_path / "in"]), Sight()) == (path,)


def test_what_cannot_be_looked_at_is_refused(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    seen = look([tmp_path])
    assert seen.files == {}
    assert [r.file for r in seen.refused] == [str(tmp_path / "gone.txt")]

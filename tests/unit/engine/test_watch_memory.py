"""What a watch has taken is known again after a restart."""

import msgspec

from onrecord.engine.watch_memory import FILE_NAME, WatchMemory
from onrecord.read.watch import Look

SEEN = Look(size=5, modified=10, changed=10, place=(1, 7))


def test_a_file_is_known_as_it_was_taken(tmp_path):
    memory = WatchMemory(tmp_path, how="h")
    path = tmp_path / "a.txt"
    assert not memory.knows(path, SEEN)
    memory.keep({path: SEEN})
    changed = msgspec.structs.replace(SEEN, changed=11)
    moved = msgspec.structs.replace(SEEN, place=(2, 8))
    with_meta = msgspec.structs.replace(SEEN, meta=SEEN)
    for one in (memory, WatchMemory(tmp_path, how="h")):
        assert one.knows(path, SEEN)
        assert one.knows(path, moved)
        assert not one.knows(path, changed)
        assert not one.knows(path, with_meta)
        assert not one.knows(tmp_path / "b.txt", SEEN)
    assert not WatchMemory(tmp_path, how="other").knows(path, SEEN)


def test_a_line_cut_off_costs_that_file_only(tmp_path):
    first, second, third = (tmp_path / name for name in "abc")
    WatchMemory(tmp_path, how="h").keep({first: SEEN, second: SEEN})
    file = tmp_path / FILE_NAME
    file.write_bytes(file.read_bytes()[:-9])
    memory = WatchMemory(tmp_path, how="h")
    memory.keep({third: SEEN})
    again = WatchMemory(tmp_path, how="h")
    assert [again.knows(path, SEEN) for path in (first, second, third)] == [
        True,
        False,
        True,
    ]


def test_lines_out_of_date_are_dropped(tmp_path):
    path = tmp_path / "a.txt"
    for size in range(10):
        memory = WatchMemory(tmp_path, how="h")
        memory.keep({path: msgspec.structs.replace(SEEN, size=size)})
    memory.tidy()
    assert len((tmp_path / FILE_NAME).read_bytes().split()) == 1
    last = msgspec.structs.replace(SEEN, size=9)
    assert WatchMemory(tmp_path, how="h").knows(path, last)
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]


def test_names_that_are_not_utf8_are_kept(tmp_path):
    path = tmp_path / "caf\udce9.txt"
    WatchMemory(tmp_path, how="h").keep({path: SEEN})
    assert WatchMemory(tmp_path, how="h").knows(path, SEEN)


def test_without_a_folder_it_is_known_until_the_end(tmp_path):
    memory = WatchMemory(tmp_path / "rec", how="h")
    memory.keep({tmp_path / "a.txt": SEEN})
    memory.tidy()
    assert memory.knows(tmp_path / "a.txt", SEEN)
    assert not (tmp_path / "rec").exists()


def test_when_the_record_lost_reports_nothing_is_known(tmp_path):
    path = tmp_path / "a.txt"
    WatchMemory(tmp_path, how="h").keep({path: SEEN}, 5)
    for held, known in ((5, True), (6, True), (4, False)):
        WatchMemory(tmp_path, how="other").check(held)
        assert WatchMemory(tmp_path, how="h").knows(path, SEEN) == known

"""`onrecord site`: a folder that opens without a server, and what it refuses."""

import pytest

from onrecord.show.site import write
from tests.support.sites import data_of, rows_of


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Have a built page, whatever this installation has."""
    built = tmp_path / "built"
    built.mkdir()
    (built / "index.html").write_text("<!doctype html>", encoding="utf-8")
    monkeypatch.setattr(write, "BUILT", built)
    return built


def whole(folder):
    """Return every file of a folder with its bytes."""
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_site_holds_the_events_and_says_what_it_leaves_out(
    call, record, tmp_path, page
):
    result = call("site", record, "-o", tmp_path / "out")
    assert result.code == 0
    assert "2 events of 3 reports" in result.err
    assert "whole reports are left out; --texts copies them" in result.err
    core = data_of(tmp_path / "out", "core")
    assert len(core["events"]["id"]) == 2
    assert core["overview"]["name"] == "rec"
    assert (tmp_path / "out" / "index.html").is_file()


def test_the_same_record_gives_the_same_bytes(call, record, tmp_path, page):
    for name in ("one", "other"):
        assert call("site", record, "-o", tmp_path / name).code == 0
    assert whole(tmp_path / "one") == whole(tmp_path / "other")


def test_whole_reports_are_copied_only_when_asked(call, record, tmp_path, page):
    for name, more in (("short", ()), ("long", ("--texts",))):
        assert call("site", record, "-o", tmp_path / name, *more).code == 0
    short = rows_of(data_of(tmp_path / "short", "reports-0"))
    long = rows_of(data_of(tmp_path / "long", "reports-0"))
    assert [row["text"] for row in short] == [None, None, None]
    assert "Rulers met, the envoy said. 300 troops." in [row["text"] for row in long]
    assert [row["passages"] for row in long] == [[], [], []]


def test_filters_choose_what_is_written(call, record, tmp_path, page):
    result = call("site", record, "-o", tmp_path / "out", "--since", "2030-01-01")
    assert "0 events of 0 reports" in result.err


def test_too_many_events_are_refused_with_the_filters_that_help(
    call, record, tmp_path, page
):
    result = call("site", record, "-o", tmp_path / "out", "--max-events", "1")
    assert result.code == 2
    assert "2 events are more than" in result.err
    assert "--since" in result.err
    assert not (tmp_path / "out").exists()


def test_a_former_site_is_replaced_and_another_folder_refused(
    call, record, tmp_path, page
):
    out = tmp_path / "out"
    assert call("site", record, "-o", out).code == 0
    (out / "data" / "old.js").write_text("", encoding="utf-8")
    assert call("site", record, "-o", out).code == 0
    assert not (out / "data" / "old.js").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("keep me", encoding="utf-8")
    result = call("site", record, "-o", other)
    assert result.code == 2
    assert "holds other files" in result.err
    assert (other / "letter.txt").read_text(encoding="utf-8") == "keep me"
    assert call("site", record, "-o", other, "--force").code == 0


def test_the_record_is_no_place_for_a_site(call, record, page):
    for place, said in ((record / "page", "lies in the record"), (record, "lies in")):
        result = call("site", record, "-o", place, "--force")
        assert result.code == 2
        assert said in result.err
    result = call("site", record, "-o", record.parent, "--force")
    assert "holds the record" in result.err


def test_what_fails_leaves_the_former_site(call, record, tmp_path, page, monkeypatch):
    out = tmp_path / "out"
    assert call("site", record, "-o", out).code == 0
    before = whole(out)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "as_script", fail)
    result = call("site", record, "-o", out)
    assert result.code == 1
    assert "No space left on device" in result.err
    assert whole(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_without_a_built_page_it_says_how_to_get_one(
    call, record, tmp_path, monkeypatch
):
    monkeypatch.setattr(write, "BUILT", tmp_path / "nothing")
    result = call("site", record, "-o", tmp_path / "out")
    assert result.code == 1
    assert "install a wheel of onrecord" in result.err

"""Where a report comes from, in archives too."""

import pytest

from onrecord.read.origin import Origin, enter, escaped, place, reject, said, unpacked

ZIP = Origin("in/day.zip", "day")


def test_members_of_members_are_joined() -> None:
    origin = enter(enter(ZIP, "a/in.tar"), "b/day.jsonl")
    assert origin == Origin("in/day.zip", "day", "a/in.tar > b/day.jsonl")


def test_name_that_came_before_is_shown_with_its_number() -> None:
    origin = enter(ZIP, "a/b.txt", shown="a/b.txt (2)")
    assert (origin.stem, origin.member) == ("b", "a/b.txt (2)")


@pytest.mark.parametrize(
    ("member", "position", "shown"),
    [
        ("a.jsonl", "line 12", "a.jsonl, line 12"),
        ("a.txt", None, "a.txt"),
        (None, "line 12", "line 12"),
        (None, None, None),
    ],
)
def test_place_has_the_member_first(
    member: str | None, position: str | None, shown: str | None
) -> None:
    origin = Origin("f", "f", member)
    assert place(origin, position) == shown
    assert reject(origin, "why", position=position).position == shown


def test_what_is_packed_loses_an_ending() -> None:
    assert unpacked(Origin("in/day.jsonl.gz", "day.jsonl")).stem == "day"


def test_names_are_escaped() -> None:
    assert escaped("a\x1b\x9b\n\u202e\u2028\udce9é.txt") == (
        "a\\x1b\\x9b\\n\\u202e\\u2028\\udce9é.txt"
    )


def test_long_messages_lose_their_middle() -> None:
    message = said(ValueError("a" * 500 + "\x1b" + "b" * 500))
    assert message == "a" * 100 + "…" + "b" * 100


def test_what_utf8_cannot_hold_is_spelled_out() -> None:
    refused = reject(ZIP, "why \udcff", position="\ud800", source_id="a\udccc")
    assert (refused.reason, refused.position, refused.source_id) == (
        "why \\udcff",
        "\\ud800",
        "a\\udccc",
    )

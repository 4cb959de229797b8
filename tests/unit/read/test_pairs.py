"""Lines of pairs: what is taken, what is refused and why."""

import json

import pytest

from onrecord.errors import UsageError
from onrecord.model.document import Rejected
from onrecord.model.relation import Pair
from onrecord.model.span import Span
from onrecord.read.pairs import read_pairs

GOOD = {
    "id": "a",
    "text": "Chad thanked Niger.",
    "actor": [0, 4],
    "recipient": [13, 18],
}


def read(tmp_path, *lines):
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return list(read_pairs(str(path)))


def line(**changes):
    return json.dumps({**GOOD, **changes}).encode()


def test_a_pair_is_read(tmp_path):
    wanted = Pair(
        id="a", text="Chad thanked Niger.", actor=Span(0, 4), recipient=Span(13, 18)
    )
    assert read(tmp_path, line()) == [wanted]


def test_a_party_that_is_not_named_is_none(tmp_path):
    [pair] = read(tmp_path, line(actor=None))
    assert pair.actor is None
    assert pair.recipient == Span(13, 18)


def test_a_number_is_an_id(tmp_path):
    assert read(tmp_path, line(id=7))[0].id == 7


def test_blank_lines_are_passed_over(tmp_path):
    assert [p.id for p in read(tmp_path, b"", line(), b"  ", line(id="b"))] == [
        "a",
        "b",
    ]


def test_other_keys_are_passed_over(tmp_path):
    assert read(tmp_path, line(note="x"))[0].id == "a"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"id": "a", ', "not JSON"),
        (b"[1]", "is not a pair"),
        (b'{"id": "a", "actor": [0, 4]}', "no 'text', 'recipient'"),
        (line(id=None), "the id None"),
        (line(id=True), "the id True"),
        (line(text=3), "the text 3"),
        (line(text=" "), "the text is empty"),
        (line(actor=[0, 40]), "the actor 0:40 does not lie in the text of 19"),
        (line(recipient=[-1, 4]), "span -1:4"),
        (line(actor=[4, 4]), "span 4:4"),
        (line(actor=[4, 0]), "span 4:0"),
        (line(actor=[0]), "the actor [0] is not [start, end]"),
        (line(actor=[False, True]), "is not [start, end]"),
        (line(actor=[0.0, 4.0]), "is not [start, end]"),
        (line(actor="Chad"), "the actor 'Chad' is not [start, end]"),
        (line(recipient=[0, 4]), "actor and recipient are the same words"),
        (line(text="\ud800 thanked Niger Basin."), "half a surrogate pair"),
        (line().replace(b"Chad", b"Ch\xe9d"), "is not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_a_bad_line_costs_that_line(tmp_path, bad, reason):
    found = read(tmp_path, line(), bad, line(id="c"))
    assert [type(one) for one in found] == [Pair, Rejected, Pair]
    assert reason in found[1].reason
    assert found[1].position == "line 2"
    assert found[1].file.endswith("pairs.jsonl")


def test_a_file_of_blank_lines_is_refused(tmp_path):
    [rejected] = read(tmp_path, b"", b"")
    assert "no pairs" in rejected.reason


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_pairs(str(tmp_path / "none.jsonl"))


def test_a_folder_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        read_pairs(str(tmp_path))

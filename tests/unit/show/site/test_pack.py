"""Rows packed so that what is the same is written once."""

from onrecord.show.site.pack import Names, pack, without_words
from tests.support.sites import rows_of


def test_rows_come_back_as_they_were():
    rows = [
        {"a": 1, "b": [True, None, 1.5, -2, 0]},
        {"a": "1", "b": [], "c": {"a": 1}},
        {"a": 1.0, "b": [1, True, "true"]},
    ]
    table = pack(rows)
    back = rows_of(table)
    assert back == rows
    assert [[type(v) for v in row["b"]] for row in back] == [
        [bool, type(None), float, int, int],
        [],
        [int, bool, str],
    ]


def test_what_is_the_same_is_written_once():
    table = pack([{"who": {"name": "NATO"}}, {"who": {"name": "NATO"}}])
    assert table["pool"].count("NATO") == 1
    assert table["rows"][0] == table["rows"][1]


def test_words_of_the_sentence_are_left_to_it():
    sentence = {"start": 10, "end": 21, "text": "NATO agreed"}
    party = {"start": 10, "end": 14, "text": "NATO", "antecedent": None}
    other = {"start": 90, "end": 94, "text": "NATO"}
    event = {"sentence": sentence, "actors": [party], "by": other}
    assert without_words(event, sentence) == {
        "sentence": sentence,
        "actors": [{"start": 10, "end": 14, "text": True, "antecedent": None}],
        "by": other,
    }


def test_names_number_values_by_type_and_content():
    names = Names()
    places = [names.place(v) for v in ("a", ["a"], "a", 1, True, None, ["a"])]
    assert places == [0, 1, 0, 2, 3, -1, 1]
    assert names.values == ["a", ["a"], 1, True]

"""Tables of words by role are read whole or not at all."""

from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.numbers import load_numbers
from onrecord.lexicon.timewords import load_timewords
from onrecord.lexicon.wordtables import read_word_table

HEADER = "id\trole\tforms\tvalue\n"


def write(folder: Path, rows: str) -> Path:
    path = folder / "words.tsv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_forms_share_the_value_of_their_entry(tmp_path: Path) -> None:
    path = write(tmp_path, "unit.day\tunit\tday|days\tD\n")
    assert read_word_table(path, ("unit",)) == {"unit": {"day": "D", "days": "D"}}


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a\tunit\tday\tD\na\tunit\tday\tD\nb\tother\tx\t1\nc\tunit\tMr.\tM\n",
    )
    with pytest.raises(LexiconError) as caught:
        read_word_table(path, ("unit", "month"))
    assert [problem.split(":")[1] for problem in caught.value.problems] == [
        "3",
        "3",
        "4",
        "5",
        " nothing of role month",
    ]


def test_a_value_that_must_be_a_number_is_checked(tmp_path: Path) -> None:
    source = Path(load_numbers.__code__.co_filename).parent.parent
    table = (source / "data" / "numbers" / "words.tsv").read_text(encoding="utf-8")
    path = tmp_path / "words.tsv"
    path.write_text(
        table.replace("tens.forty\ttens\tforty\t40", "tens.forty\ttens\tforty\tx")
    )
    with pytest.raises(LexiconError, match=r"words\.tsv"):
        load_numbers(path)


def test_openers_are_first_words() -> None:
    assert {"day", "the", "present", "new", "every"} <= load_timewords().openers
    assert "thirty" in load_numbers().openers

"""The table of what frames and words of acting mean."""

from pathlib import Path

import pytest

from onrecord.collapse import Lexemes, load_story_words
from onrecord.collapse.meanings import COLUMNS, FILE, load_meanings, meanings_of
from onrecord.collapse.words import cut_words
from onrecord.errors import LexiconError
from onrecord.lexicon.files import read_tsv
from onrecord.lexicon.frames import FrameLexicon
from onrecord.lexicon.kit import load_kit

WORDS = Lexemes(load_story_words())
LINES = [cells for _, cells in read_tsv(FILE, COLUMNS)]


@pytest.fixture(scope="module")
def frames() -> FrameLexicon:
    return load_kit().frames


def concepts(texts: list[str]) -> set[int]:
    return {
        word.lexeme.concept
        for text in texts
        for word in cut_words(text, WORDS, placed=False).words
    }


def test_frames_of_the_table_exist(frames: FrameLexicon) -> None:
    known = {frame.id for frame in frames.frames}
    assert {f for _, listed, _, _ in LINES for f in listed.split()} - known == set()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_examples_are_called_up_by_their_line(
    line: list[str], frames: FrameLexicon
) -> None:
    _, listed, words, example = line
    forms = [
        form
        for frame in frames.frames
        if frame.id in listed.split()
        for form in (*frame.verbs, *frame.nouns, *frame.adjectives)
    ]
    known = concepts([words, *forms])
    for wording in example.split("|"):
        assert concepts([wording]) & known


def test_two_wordings_of_one_act_have_a_meaning_in_common() -> None:
    broke_off = meanings_of(("frames/sanction.cut-ties#1",), (), WORDS)
    severed = meanings_of(("reader/event@1.00",), (WORDS["severed"].concept,), WORDS)
    assert broke_off == ("cancel", "cut-ties")
    assert severed == ("cut-ties",)


def test_lines_badly_written_are_told_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "meanings.tsv"
    path.write_text("\t".join(COLUMNS) + "\nmeet\t\tMeet\tmet\n")
    with pytest.raises(LexiconError) as raised:
        load_meanings(path)
    assert raised.value.problems == (
        "meanings.tsv:2: an example has two wordings",
        'meanings.tsv:2: "Meet" is not lower case',
    )

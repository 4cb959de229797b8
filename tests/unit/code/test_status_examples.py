"""The examples of the factuality file are tests of its words, whatever the reader."""

import pytest

from onrecord.code.factuality import decide_factuality, find_status_words
from onrecord.lexicon.cues import load_cues
from tests.support.real import annotate

CUES = load_cues()


@pytest.mark.parametrize("entry", CUES.statuses, ids=lambda e: e.id)
def test_words_of_the_example_give_its_status(entry):
    example = entry.example
    sentence = annotate(example.text).sentences[0]
    token = next(i for i, t in enumerate(sentence.tokens) if t.text == example.trigger)
    cell = decide_factuality(
        find_status_words(sentence, token, CUES),
        (),
        trigger=sentence.tokens[token].span,
        on_word=example.status == "denied",
        complement=None,
        complement_span=None,
    )
    assert (cell.value, cell.rule) == (example.status, f"cues/{entry.id}")

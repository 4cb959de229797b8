"""The examples of the cue files are tests."""

import pytest

from onrecord.lexicon.cues import load_cues
from tests.support.real import annotate

CUES = load_cues()


@pytest.mark.parametrize(
    ("cue", "example"),
    [
        pytest.param(cue, example, id=f"{cue.id}#{number}")
        for cue in CUES.reporting
        for number, example in enumerate(cue.example, 1)
    ],
)
def test_cue_and_speaker_of_the_example_are_found(cue, example):
    adoc = annotate(example.text)
    found = [
        (a.cue.of(example.text), a.speaker.span.of(example.text), a.rule)
        for a in adoc.attributions
    ]
    assert (example.cue, example.speaker, f"cues/{cue.id}") in found

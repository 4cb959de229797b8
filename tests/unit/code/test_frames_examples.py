"""Every frame's examples, read by the shipped reader."""

from pathlib import Path

import pytest

import onrecord.understand.reader
from onrecord.code.frames import match_frames
from onrecord.lexicon.frames import load_frames
from onrecord.model.span import Span
from onrecord.ontology import load_ontology
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.reader import load_reader
from onrecord.understand.reader.onnx import MODEL_FILE
from onrecord.understand.sentences import split_sentences

MODEL = Path(onrecord.understand.reader.__file__).parent / "model" / MODEL_FILE
FRAMES = load_frames(load_ontology())
EXAMPLES = [
    pytest.param(frame, example, id=f"{frame.id}-{number}")
    for frame in FRAMES.frames
    for number, example in enumerate(frame.example)
]


@pytest.fixture(scope="module")
def reader():
    if not MODEL.exists():
        pytest.skip("the reader's model file is not there")
    return load_reader()


@pytest.mark.parametrize(("frame", "example"), EXAMPLES)
def test_example(frame, example, reader):
    cache = SentenceCache()
    sentences = parse(
        example.text, split_sentences(example.text), reader=reader, cache=cache
    )
    at = example.text.index(example.trigger)
    wanted = Span(at, at + len(example.trigger))
    found = [
        (sentence, match)
        for sentence in sentences
        for match in match_frames(sentence, FRAMES)
        if match.trigger.overlaps(wanted)
    ]
    types = [match.frame.event_type for _, match in found]
    assert frame.event_type in types
    sentence, match = found[types.index(frame.event_type)]
    for party, tokens in (
        (example.actor, match.actors),
        (example.recipient, match.recipients),
    ):
        if party is not None:
            texts = [sentence.tokens[token].text for token in tokens]
            assert any(text in party for text in texts), texts

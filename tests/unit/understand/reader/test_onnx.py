import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord.understand.reader.onnx as shipped
from onrecord.understand.reader import EVENT_TYPES, OnnxReader, Reading, load_reader
from onrecord.understand.sentences import split_sentences

MODEL = Path(shipped.__file__).parent / "model" / shipped.MODEL_FILE
pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="the model is not built")

TEXT = """Russia accused the United States of arming Kyiv, Foreign Minister \
Sergei Lavrov said on Friday. "We will not sign," he told reporters. Go! \
If troops cross the border, Washington would impose sanctions on Moscow, two \
officials who asked not to be named warned, although the Kremlin denied that \
it planned to invade and demanded that the alliance withdraw. \
Police arrested 40 protesters. \
The foreign ministers of France, Germany and Poland met in Paris. No one left."""


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return load_reader()


@pytest.fixture(scope="module")
def sentences() -> list[list[str]]:
    return [[t.of(TEXT) for t in s.tokens] for s in split_sentences(TEXT)]


def test_layers_are_as_long_as_the_sentence(
    reader: OnnxReader, sentences: list[list[str]]
) -> None:
    for words, reading in zip(sentences, reader.read(sentences), strict=True):
        layers = (
            reading.upos,
            reading.xpos,
            reading.lemma,
            reading.head,
            reading.deprel,
            reading.name_tag,
        )
        assert {len(layer) for layer in layers} == {len(words)}
        assert reading.head.count(0) == 1
        assert reading.deprel[reading.head.index(0)] == "root"


def test_reading_does_not_depend_on_the_batch(
    reader: OnnxReader, sentences: list[list[str]]
) -> None:
    many = [words[: len(words) - cut] for words in sentences for cut in range(4)]
    many = [words for words in many if words]
    alone = [reader.read([words])[0] for words in many]
    assert reader.read(many) == alone
    assert reader.read(many[::-1]) == alone[::-1]


def test_finds_the_accusation(reader: OnnxReader, sentences: list[list[str]]) -> None:
    (reading,) = reader.read(sentences[:1])
    words = sentences[0]
    trigger = max(reading.triggers, key=lambda t: 1 - t.type_scores[0])
    best = max(range(16), key=lambda at: trigger.type_scores[1 + at])
    assert words[trigger.token] == "accused"
    assert EVENT_TYPES[best] == "ACCUSE"
    assert "Russia" in [words[at] for at, _ in trigger.actors]
    assert "said" in [words[cue.token] for cue in reading.cues if cue.score > 0.5]


def test_reads_nothing_and_no_words(reader: OnnxReader) -> None:
    empty = Reading(upos=(), xpos=(), lemma=(), head=(), deprel=(), name_tag=())
    assert reader.read([]) == []
    assert reader.read([[]]) == [empty]


def test_reads_a_sentence_longer_than_one_pass(reader: OnnxReader) -> None:
    words = ["Unpronounceable", "places", "burned", ","] * 200
    (reading,) = reader.read([words])
    assert len(reading.head) == len(words)
    assert reading.head.count(0) == 1
    assert max(reading.head) <= len(words)


def test_strange_words_are_read(reader: OnnxReader) -> None:
    words = ["\x00", "😀", "שלום", "a" * 5000, "\u200b", "…"]
    (reading,) = reader.read([words])
    assert len(reading.upos) == len(words)


def test_nothing_is_prepared_for_sending(tmp_path: Path) -> None:
    script = "from onrecord.understand.reader import load_reader; load_reader()"
    subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
        check=True,
    )
    assert list(tmp_path.iterdir()) == []

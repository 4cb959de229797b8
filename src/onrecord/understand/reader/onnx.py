"""Run the shipped network: batches in, readings out."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.understand.reader.assemble import Answer, Labels, assemble, join
from onrecord.understand.reader.encode import Encoded, encode, windows
from onrecord.understand.reader.lemmas import Lemmas, load_lemmas
from onrecord.understand.reader.pieces import WordPieces
from onrecord.understand.reader.reading import Reading

if TYPE_CHECKING:
    import onnxruntime as ort

MODEL_FILE = "reader.onnx"
LABELS_FILE = "labels.json"
LEMMAS_FILE = "lemmas.json"
TOKENIZER_FILE = "tokenizer.json"
PIECES_PER_BATCH = 128  # with padding; larger batches pad more and leave the caches

Inputs = Mapping[str, npt.NDArray[np.int64]]
Part = tuple[int, tuple[str, ...]]  # number of the sentence, words of one window


class OnnxReader:
    """The shipped model. Same sentence, same reading, whatever else is read."""

    def __init__(
        self,
        session: "ort.InferenceSession",
        pieces: WordPieces,
        labels: Labels,
        lemmas: Lemmas,
    ) -> None:
        self._session = session
        self._pieces = pieces
        self._labels = labels
        self._lemmas = lemmas

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Return one reading for each sentence of words, in order.

        A sentence too long for one pass is read in windows, the later ones hung
        on the root of the first.
        """
        parts = [
            (number, tuple(words[start:end]))
            for number, words in enumerate(sentences)
            for start, end in windows(words, self._pieces)
        ]
        found: list[list[Reading]] = [[] for _ in sentences]
        for (number, _), reading in zip(parts, self._read_parts(parts), strict=True):
            found[number].append(reading)
        return [join(readings) for readings in found]

    def _read_parts(self, parts: Sequence[Part]) -> list[Reading]:
        encoded = [encode(words, self._pieces) for _, words in parts]
        readings: list[Reading | None] = [None] * len(parts)
        for group in _group(encoded):
            outputs = self._run([encoded[at] for at in group])
            for row, at in enumerate(group):
                answer = _crop(outputs, row, len(parts[at][1]) + 1)
                words = parts[at][1]
                readings[at] = assemble(words, answer, self._labels, self._lemmas)
        return [reading for reading in readings if reading is not None]

    def _run(self, encoded: Sequence[Encoded]) -> dict[str, npt.NDArray[Any]]:
        names = [output.name for output in self._session.get_outputs()]
        values = self._session.run(names, _pad(encoded))
        return dict(zip(names, values, strict=True))


def load_reader(path: Path | None = None, *, threads: int = 1) -> OnnxReader:
    """Open the shipped model, or another in the same form under `path`.

    onnxruntime sends telemetry unless it is told not to before it is imported.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime as ort

    ort.disable_telemetry_events()
    folder = path if path is not None else Path(__file__).parent / "model"
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(
        str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
    )
    labels = msgspec.json.decode((folder / LABELS_FILE).read_bytes(), type=Labels)
    return OnnxReader(
        session=session,
        pieces=WordPieces.load(folder / TOKENIZER_FILE),
        labels=labels,
        lemmas=load_lemmas(folder / LEMMAS_FILE),
    )


def _group(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Yield the numbers of sentences of like length, a batch at a time."""
    order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].ids))
    group: list[int] = []
    for at in order:
        if group and (len(group) + 1) * len(encoded[at].ids) > PIECES_PER_BATCH:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _pad(encoded: Sequence[Encoded]) -> Inputs:
    """Return the inputs of a batch, short sentences filled up with zeros."""
    rows = len(encoded)
    pieces = max(len(e.ids) for e in encoded)
    words = max(len(e.first) for e in encoded)
    ids, cases, attend = (np.zeros((rows, pieces), np.int64) for _ in range(3))
    first = np.zeros((rows, words), np.int64)
    for row, e in enumerate(encoded):
        ids[row, : len(e.ids)] = e.ids
        cases[row, : len(e.cases)] = e.cases
        attend[row, : len(e.ids)] = 1
        first[row, : len(e.first)] = e.first
    return {"ids": ids, "cases": cases, "attend": attend, "first": first}


def _crop(outputs: Mapping[str, npt.NDArray[Any]], row: int, size: int) -> Answer:
    """Return one sentence's part of the outputs; row 0 of each is the root."""
    return Answer(
        upos=outputs["upos"][row, 1:size],
        xpos=outputs["xpos"][row, 1:size],
        names=outputs["names"][row, 1:size],
        arcs=outputs["arcs"][row, :size, :size],
        relations=outputs["relations"][row, 1:size, :size],
        types=outputs["types"][row, 1:size],
        factuality=outputs["factuality"][row, 1:size],
        cues=outputs["cues"][row, 1:size],
        forms=outputs["forms"][row, 1:size],
        links=outputs["links"][row, :, 1:size, 1:size],
    )

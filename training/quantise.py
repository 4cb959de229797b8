"""Make the graph smaller: static int8, the heads and wide sums in fp32.

Static, because ranges measured per batch would let a sentence's neighbours
change its reading. The outputs of the inner layers reach far beyond the rest of
their channels and lose most in int8, so they stay in fp32, as do all heads.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from onrecord.understand.reader.encode import Encoded

_QUANTISED = ("/qkv/", "/mixed/", "/wide/", "/pieces/")


class _Sentences(CalibrationDataReader):  # type: ignore[misc]
    """Feed sentences one by one to the measuring of ranges."""

    def __init__(self, sentences: Sequence[Encoded]) -> None:
        self._feed: Iterator[dict[str, Any]] = (_inputs(s) for s in sentences)

    def get_next(self) -> dict[str, Any] | None:
        """Return the inputs of the next sentence, None at the end."""
        return next(self._feed, None)


def _inputs(sentence: Encoded) -> dict[str, Any]:
    return {
        "ids": np.array([sentence.ids], np.int64),
        "cases": np.array([sentence.cases], np.int64),
        "attend": np.ones((1, len(sentence.ids)), np.int64),
        "first": np.array([sentence.first], np.int64),
    }


def quantise(source: Path, target: Path, sentences: Sequence[Encoded]) -> None:
    """Write the graph at `source` to `target` in int8, ranges as in `sentences`."""
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    graph = onnx.load(prepared).graph
    excluded = [
        node.name
        for node in graph.node
        if node.op_type in {"MatMul", "Gemm", "Gather"}
        and not any(part in node.name for part in _QUANTISED)
    ]
    quantize_static(
        str(prepared),
        str(target),
        _Sentences(sentences),
        quant_format=QuantFormat.QDQ,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        calibrate_method=CalibrationMethod.MinMax,
        nodes_to_exclude=excluded,
        extra_options={"MatMulConstBOnly": True},
    )
    prepared.unlink()

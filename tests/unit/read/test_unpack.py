"""gzip, bzip2 and xz, without what lies around them; see also `test_archive`."""

import gzip
import io
import zlib

import pytest

from onrecord.errors import InputError
from onrecord.read.budget import Budget, Layer
from onrecord.read.kinds import Kind
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.unpack import inner_name, is_packed, unpack


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("day.jsonl.gz", "day.jsonl"),
        ("day.TGZ", "day.tar"),
        ("day.tbz2", "day.tar"),
        ("day.txz", "day.tar"),
        ("day", "day"),
        ("", ""),
    ],
)
def test_name_of_what_is_packed(name: str, inner: str) -> None:
    assert inner_name(name) == inner


def test_packed_names() -> None:
    assert [is_packed(n) for n in ("a.gz", "a.BZ2", "a.xz", "a.tgz", "a.txt")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_output_that_waits_in_the_decoder_is_not_lost() -> None:
    raw = bytes(range(256)) * 5000
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packed.compress(raw) + packed.flush()
    layer = Layer(Budget(DEFAULT_LIMITS))
    assert b"".join(unpack(io.BytesIO(data), Kind.GZIP, layer)) == raw


def test_ratio_counts_the_layers_outside() -> None:
    budget = Budget(Limits(archive_ratio=100))
    outer = Layer(budget)
    outer.count(packed=1000, unpacked=50_000)
    inner = Layer(budget, outer)
    inner.count(packed=5_000_000, unpacked=9_000_000)
    assert inner.ratio() == pytest.approx(90)
    with pytest.raises(InputError, match="it unpacks to 150 times its size"):
        inner.count(packed=0, unpacked=6_000_000)


def test_small_parts_may_be_dense() -> None:
    packed = gzip.compress(b"a" * 9_000_000)
    layer = Layer(Budget(DEFAULT_LIMITS))
    size = sum(map(len, unpack(io.BytesIO(packed), Kind.GZIP, layer)))
    assert size == 9_000_000
    assert layer.ratio() > 200

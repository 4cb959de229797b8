"""How much the reader takes; beyond it a part is rejected, not cut.

The limits are named options: `report_characters` is `--limit report-characters=…`.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.errors import UsageError

HEAD_BYTES = 64 * 1024  # what the kind of a file is told from
PARQUET_BATCH_ROWS = 256  # small, so that long reports do not add up in memory
# A record may spell each character as \uXXXX (6 bytes) and carry other keys beside.
MAX_RECORD_BYTES = 64 * 2**20

_SIZES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_TIMES = {"": 1.0, "ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_VALUE = re.compile(r"(?P<number>\d{1,15}(?:\.\d{1,6})?)\s{0,3}(?P<unit>[a-z]{0,3})")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one report, part or archive may take; sizes in bytes, times in seconds.

    Time to find a page's report grows with the square of its elements, of those in one
    element (`page_children`), and of the attributes of one (`page_attributes`).
    `archive_*` hold for one named input with all that is packed in it: how many files,
    how many bytes when unpacked, how many times its size, how many archives inside one
    another. `fetch_interval` is the pause between two requests to one host.
    """

    report_characters: int = 10_000_000  # about fifty novels
    record_bytes: int = MAX_RECORD_BYTES
    page_bytes: int = 20_000_000
    page_elements: int = 20_000  # six seconds of extraction; live blogs have 15,000
    page_children: int = 5_000
    page_attributes: int = 2_000
    mail_bytes: int = 50_000_000
    xml_bytes: int = 100_000_000
    xml_depth: int = 200
    table_replayed_lines: int = 1_000_000  # read again behind broken quotes
    archive_files: int = 100_000
    archive_bytes: int = 50_000_000_000
    archive_ratio: int = 200
    archive_depth: int = 5
    fetch_bytes: int = 20_000_000
    fetch_seconds: float = 30.0
    fetch_redirects: int = 5
    fetch_interval: float = 1.0


DEFAULT_LIMITS = Limits()


def parse_limits(options: Iterable[str]) -> Limits:
    """Return the limits that options `NAME=VALUE` set, the others as they are.

    Sizes may be given as 500MB, times as 30s. Raises `UsageError`.

    >>> parse_limits(["page-bytes=2MB"]).page_bytes
    2000000
    """
    set_ = dict(_parse_limit(option) for option in options)
    return msgspec.structs.replace(DEFAULT_LIMITS, **set_)


def limit_names() -> tuple[str, ...]:
    """Return the names of all limits as they are written in options."""
    return tuple(field.replace("_", "-") for field in Limits.__struct_fields__)


def beyond(limits: Limits, field: str, found: str) -> str:
    """Return the reason for refusing what is beyond a limit; `found` says what is.

    >>> beyond(DEFAULT_LIMITS, "archive_depth", "archives lie 6 deep in one another")
    'archives lie 6 deep in one another, the limit is 5; raise it with --limit archive-depth=10'
    """  # noqa: E501
    value = getattr(limits, field)
    name = field.replace("_", "-")
    return (
        f"{found}, the limit is {value:,}; "
        f"raise it with --limit {name}={max(1, round(value * 2))}"
    )


def _parse_limit(option: str) -> tuple[str, int | float]:
    name, _, value = option.partition("=")
    field = name.strip().lower().replace("-", "_")
    if field not in Limits.__struct_fields__:
        names = ", ".join(limit_names())
        raise UsageError(f"--limit {option}: no such limit; there are {names}")
    is_time = isinstance(getattr(DEFAULT_LIMITS, field), float)
    is_size = field.endswith("_bytes")
    units: Mapping[str, float] = _TIMES if is_time else _SIZES if is_size else {"": 1}
    found = _VALUE.fullmatch(value.strip().lower().replace("_", ""))
    factor = units.get(found["unit"]) if found else None
    if found is None or factor is None:
        like = "30s" if is_time else "500MB" if is_size else "1000"
        raise UsageError(f"--limit {option}: the value is not like {name}={like}")
    number = float(found["number"]) * factor if "." in found["number"] else None
    exact = number if number is not None else int(found["number"]) * factor
    if is_time:
        return field, float(exact)
    if int(exact) < 1:
        raise UsageError(f"--limit {option}: the value must be 1 or more")
    return field, int(exact)

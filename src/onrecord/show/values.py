"""Values of a database as JSON and sheets can hold them."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from onrecord.show.visible import json_line, one_line


def plain_value(value: Any) -> Any:
    """Return a value that JSON has: days as ISO 8601, whole decimals as integers.

    What is not a number (NaN, infinity) is absent: JSON has no word for it.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Mapping():
            return {str(k): plain_value(v) for k, v in value.items()}
        case list() | tuple():
            return [plain_value(v) for v in value]
        case _:
            return str(value)


def value_cell(value: Any) -> Any:
    """Return a plain value as one cell: nested ones as JSON, texts on one line."""
    match value:
        case None:
            return ""
        case str():
            return one_line(value)
        case dict() | list():
            return json_line(value)
        case _:
            return value

"""A page of a long list: some lines, how many there are, and where to go on."""

from typing import Generic, TypeVar

import msgspec

Line = TypeVar("Line")

USUAL = 50  # lines of a page
MOST = 500


class Listing(msgspec.Struct, Generic[Line], frozen=True, kw_only=True):
    """Some lines of a list.

    `total` is how many fit in all. `next` is what to ask after for the lines that
    follow, None when there are none.
    """

    items: tuple[Line, ...]
    total: int
    next: str | None

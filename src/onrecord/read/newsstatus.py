"""Why an item of an agency is no report."""

import msgspec


class NotAReport(msgspec.Struct, frozen=True):
    """Why an item is passed over, and what it is called if it says so."""

    reason: str
    id: str | None = None


# The codes of IPTC's publishing status and NewsML 1's, without their scheme.
_WITHHELD = {
    "canceled": "the agency has cancelled the item",
    "cancelled": "the agency has cancelled the item",
    "withheld": "the agency withholds the item",
}


def last_part(code: str | None) -> str:
    """Return a code without its scheme, in lower case.

    >>> last_part("stat:canceled"), last_part("http://cv.iptc.org/x/usable")
    ('canceled', 'usable')
    """
    return (code or "").replace("/", ":").rpartition(":")[2].strip().lower()


def why_withheld(status: str | None) -> str | None:
    """Return why an item of this status is not taken, None where it is."""
    return _WITHHELD.get(last_part(status))

"""The shape of claims against denials."""

import datetime as dt

import msgspec

from onrecord.show.views.cite import Cite


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of a claim or of its denial.

    `by` are those on whose word it stands, outermost first; empty is the report.
    `reports` are the report with its copies.
    """

    happening_id: str
    factuality: str
    by: tuple[str, ...]
    date: dt.date | None
    reports: int
    cite: Cite


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One happening that somebody denies.

    `happening_id` is the claim's, None where nobody in the record claims it; then
    type and parties are those of the denial. `basis` says how the two were brought
    together: `denied`, the record holds the denial for one of this claim; `alike`, both
    are of one type and have a party in common on either side. `claimed_count` and
    `denied_count` are events; the first of each report are shown, oldest first.
    """

    happening_id: str | None
    event_type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str | None
    basis: str | None
    claimed_count: int
    denied_count: int
    claimed: tuple[Side, ...]
    denied: tuple[Side, ...]
    first_denied: dt.date | None
    last_denied: dt.date | None


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """Claims with their denials; `count` = `answered` + `alone`.

    `answered` are those whose basis is `denied`; they come first, and the last denied
    first among them.
    """

    count: int
    answered: int
    alone: int
    claims: tuple[Claim, ...]

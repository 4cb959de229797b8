"""The account of a run in one line whose parts sum."""

from onrecord.model.event import Factuality
from onrecord.model.run import Tally


def account_line(tally: Tally) -> str:
    """Return the account: reports read, stories and copies, events by factuality.

    Reports that were coded and copies of them both count as coded; the second part
    says which of them opened a story and which repeat one.
    """
    return " · ".join((_reports(tally), _stories(tally), _events(tally)))


def _reports(tally: Tally) -> str:
    parts = [(_accepted(tally), "coded")]
    if tally.known:
        parts.append((tally.known, "known before"))
    parts.append((tally.rejected, "rejected"))
    return f"{tally.read:,} read = {_sum(parts)}"


def _stories(tally: Tally) -> str:
    reports = _accepted(tally)
    copies = reports - tally.stories
    kinds = [(tally.exact, "exact"), (copies - tally.exact, "near or rewritten")]
    shown = ", ".join(f"{n:,} {name}" for n, name in kinds if n)
    more = f" ({shown})" if shown else ""
    parts = [
        (tally.stories, _one_or_many(tally.stories, "story", "stories")),
        (copies, _one_or_many(copies, "copy", "copies")),
    ]
    name = _one_or_many(reports, "report", "reports")
    return f"{reports:,} {name} = {_sum(parts)}{more}"


def _events(tally: Tally) -> str:
    counts = [(int(getattr(tally, f)), str(f)) for f in Factuality]
    shown = ", ".join(f"{n:,} {name}" for n, name in counts if n)
    name = _one_or_many(tally.events, "event", "events")
    return f"{tally.events:,} {name}" + (f": {shown}" if shown else "")


def _accepted(tally: Tally) -> int:
    return tally.coded + tally.exact


def _sum(parts: list[tuple[int, str]]) -> str:
    return " + ".join(f"{n:,} {name}" for n, name in parts)


def _one_or_many(count: int, one: str, many: str) -> str:
    return one if count == 1 else many

"""The account of a run in one line whose parts sum."""

from onrecord.model.event import Factuality
from onrecord.model.run import Tally

KINDS_OF_COPIES = ("exact", "near", "rewritten")


def account_line(tally: Tally) -> str:
    """Return the account: reports read, stories and copies, events by factuality.

    "Coded" counts all reports that were taken and stand in the record with what was
    found in them: originals, and copies, whose events are those of their original. The
    second part divides them again.
    """
    parts = [_reports(tally), _stories(tally), _events(tally)]
    if tally.earlier:
        parts.append(f"{tally.earlier:,} left by an earlier run coded too")
    if tally.recoded:
        parts.append(_recoded(tally))
    return " · ".join(parts)


def _reports(tally: Tally) -> str:
    parts = [(_taken(tally), "coded")]
    if tally.known:
        parts.append((tally.known, "known"))
    if tally.pending:
        parts.append((tally.pending, "not coded yet"))
    parts.append((tally.rejected, "rejected"))
    return f"{tally.read:,} read = {_sum(parts)}"


def _stories(tally: Tally) -> str:
    """Divide the coded reports: the original of a story is the one that is coded."""
    reports = _taken(tally)
    parts = [
        (tally.coded, _one_or_many(tally.coded, "story", "stories")),
        (tally.copies, _one_or_many(tally.copies, "copy", "copies")),
    ]
    name = _one_or_many(reports, "report", "reports")
    kinds = [(int(getattr(tally, kind)), kind) for kind in KINDS_OF_COPIES]
    told = ", ".join(f"{count:,} {kind}" for count, kind in kinds if count)
    return f"{reports:,} {name} = {_sum(parts)}" + (f" ({told})" if told else "")


def _events(tally: Tally) -> str:
    counts = [(int(getattr(tally, f)), str(f)) for f in Factuality]
    shown = ", ".join(f"{n:,} {name}" for n, name in counts if n)
    name = _one_or_many(tally.events, "event", "events")
    return f"{tally.events:,} {name}" + (f": {shown}" if shown else "")


def _recoded(tally: Tally) -> str:
    if not tally.recoded_failed:
        return f"{tally.recoded:,} recoded"
    done = tally.recoded - tally.recoded_failed
    parts = [(done, "coded anew"), (tally.recoded_failed, "rejected")]
    return f"{tally.recoded:,} recoded = {_sum(parts)}"


def _taken(tally: Tally) -> int:
    return tally.coded + tally.copies


def _sum(parts: list[tuple[int, str]]) -> str:
    return " + ".join(f"{n:,} {name}" for n, name in parts)


def _one_or_many(count: int, one: str, many: str) -> str:
    return one if count == 1 else many

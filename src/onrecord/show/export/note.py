"""The note beside an export: what it holds, what it leaves out, and why."""

from collections.abc import Iterator

from onrecord.model.run import Run
from onrecord.show.export.account import Options, Tally
from onrecord.show.export.formats import Format
from onrecord.show.export.rows import Chosen
from onrecord.show.visible import one_line
from onrecord.store.filters import Filters

RIGHTS = """\
Sentences, titles and names are quoted from reports that belong to their publishers;
whole articles are here only if asked for. Codes are PLOVER's (Open Event Data Alliance,
CC BY-SA 4.0), coordinates are from GeoNames (CC BY 4.0): name both if you publish."""
TEXTS = "The texts of the reports are in this file: pass it on only with a right to."
WIDE = 9  # digits and commas of a count


def write_note(
    name: str,
    form: str,
    entry: Format,
    chosen: Chosen,
    run: Run | None,
    options: Options,
    tally: Tally,
) -> str:
    """Return the text of the note beside the file `name`."""
    parts = [
        [f"What {name} is", "", *_facts(form, chosen, run, options)],
        ["Counts", "", *_counts(chosen, tally)],
    ]
    if tally.remarks:
        lines = [f"{n:,} events: {what}" for what, n in sorted(tally.remarks.items())]
        parts.append(["Written, but", "", *lines])
    if entry.cannot:
        parts.append(["What this format cannot hold", "", *_listed(entry.cannot)])
    if entry.notes:
        parts.append(["How to read it", "", *_listed(entry.notes)])
    columns = ", ".join(entry.columns)
    parts.append(["Columns or fields", "", columns])
    rights = (RIGHTS, TEXTS) if options.texts else (RIGHTS,)
    parts.append(["Rights", "", *rights])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _facts(
    form: str, chosen: Chosen, run: Run | None, options: Options
) -> Iterator[str]:
    yield f"format    {form}"
    yield f"record    {one_line(chosen.record.name)}"
    if run is not None:
        yield f"run       {run.number} ({run.run_id}), ended {run.finished}"
        versions = run.versions
        yield (
            f"made by   onrecord {versions.program}, lexicon {versions.lexicon},"
            f" model {versions.model}, schema {versions.schema}"
        )
    yield f"written   by {options.program}"
    yield f"filters   {'; '.join(_filters(chosen.filters)) or 'none'}"
    unit = (
        "a happening, shown by its first mention" if chosen.happenings else "an event"
    )
    yield f"unit      {unit}"
    if options.unreal:
        yield "unreal    what did not happen is in it (--include-unreal)"


def _filters(filters: Filters) -> Iterator[str]:
    for name in filters.__struct_fields__:
        value = getattr(filters, name)
        if value is None or value == ():
            continue
        shown = " or ".join(value) if isinstance(value, tuple) else str(value)
        yield f"{name.replace('_', ' ')} {one_line(shown)}"


def _counts(chosen: Chosen, tally: Tally) -> Iterator[str]:
    """Yield the account, which sums line by line."""
    yield _count(chosen.events, "events in the record")
    if chosen.fit < chosen.events:
        yield _count(chosen.fit - chosen.events, "do not fit the filters")
    if chosen.happenings:
        further = "further mentions of a happening that is shown by another"
        yield _count(-(chosen.fit - chosen.given), further)
    for reason, n in sorted(tally.left_out.items()):
        yield _count(-n, reason)
    yield _count(tally.events, "events written", sign="=")
    yield _count(tally.rows, "rows", sign=" ")


def _count(n: int, what: str, *, sign: str | None = None) -> str:
    mark = sign or ("-" if n < 0 else " ")
    return f"{mark} {abs(n):>{WIDE},}  {what}"


def _listed(items: tuple[str, ...]) -> Iterator[str]:
    return (f"- {item}" for item in items)

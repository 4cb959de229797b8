"""What a record was made with, beside what is installed here."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.model.run import Run
from onrecord.store.head import Head
from onrecord.store.query import connect_at, load_sql, rows
from onrecord.store.rows import run_of
from onrecord.store.verify.finding import Finding

LANGUAGE_MODEL = "llm/"
PLUGGED = " + "  # between the versions of parts of which one is a plug-in


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """The digests of the lexicon and the model here, and what is wrong with them.

    Digests are made from the files anew, not read from anywhere.
    """

    program: str
    lexicon: str
    model: str
    faults: tuple[Finding, ...] = ()


def wrong_installation(
    record: Path, head: Head, installed: Installed
) -> Iterator[Finding]:
    """Yield what is wrong with files here that made this record, or would go on it.

    That a record was made with another lexicon or model is no fault.
    """
    if head.versions:
        yield from installed.faults


def what_made(record: Path, head: Head, installed: Installed) -> Iterator[str]:
    """Yield a line for each lexicon and model that is not the one installed here.

    What a language model or a plug-in took part in has no digest to compare.
    """
    runs = [
        run_of(row) for row in rows(connect_at(record, head.versions), load_sql("runs"))
    ]
    for name, here in (("lexicon", installed.lexicon), ("model", installed.model)):
        others: dict[str, list[Run]] = {}
        for run in runs:
            digest = getattr(run.versions, name)
            if digest != here and not _is_of_others(digest):
                others.setdefault(digest, []).append(run)
        for digest, made in others.items():
            numbers = ", ".join(str(run.number) for run in made[:5])
            more = f" and {len(made) - 5:,} more" if len(made) > 5 else ""
            named = "run" if len(made) == 1 else "runs"
            yield (
                f"{named} {numbers}{more} used {name} {digest}, which is not installed"
                f" here ({here} is): what is read can be checked, not coded again"
            )


def _is_of_others(version: str) -> bool:
    return version.startswith(LANGUAGE_MODEL) or PLUGGED in version

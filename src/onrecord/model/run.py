"""What made a result: versions, options, and the account of a run."""

from enum import StrEnum

import msgspec


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """Hashes and versions that decide what a run gives.

    `extractors` are the libraries that take texts out of pages and feeds, with their
    versions.
    """

    program: str
    schema: int
    lexicon: str
    model: str
    extractors: tuple[str, ...] = ()


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The account of a run; its parts sum.

    read = known + coded + copies + rejected + pending. `known` were in the record
    before, or came twice; copies, which are not coded again, are `exact`, `near` and
    `rewritten`; `rejected`
    could not be read or not be coded; `pending` were taken by a run that was given up
    before it coded them: a later run does, and counts them as `earlier`, outside the
    sum. `recoded` are reports that an older version had coded and this run, told to,
    coded anew; of these `recoded_failed` could not be coded now. They too stand outside
    the sum, since most were read by earlier runs. `stories` are those this run began;
    events and what follows are what it coded, and the five factualities sum to
    `events`.
    """

    read: int = 0
    known: int = 0
    coded: int = 0
    exact: int = 0
    near: int = 0
    rewritten: int = 0
    rejected: int = 0
    pending: int = 0
    earlier: int = 0
    recoded: int = 0
    recoded_failed: int = 0
    stories: int = 0
    events: int = 0
    statements: int = 0
    quantities: int = 0
    happened: int = 0
    planned: int = 0
    hypothetical: int = 0
    negated: int = 0
    denied: int = 0

    @property
    def copies(self) -> int:
        """Return how many reports were copies."""
        return self.exact + self.near + self.rewritten

    @property
    def sums(self) -> bool:
        """Tell whether every report and every event is accounted for."""
        parts = self.known + self.coded + self.copies + self.rejected + self.pending
        factualities = (
            self.happened
            + self.planned
            + self.hypothetical
            + self.negated
            + self.denied
        )
        return self.read == parts and self.events == factualities


class RunStatus(StrEnum):
    """How a run ended; an interrupted one was killed and never taken up again."""

    FINISHED = "finished"
    INTERRUPTED = "interrupted"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One execution over a record. Times are UTC, ISO 8601.

    `resumed` counts how often it was killed and went on. `table_versions` are the
    versions of the other tables when it ended: what `--as-of` opens.
    """

    run_id: str
    number: int
    versions: Versions
    inputs: tuple[str, ...]
    tally: Tally
    started: str
    finished: str
    status: RunStatus
    resumed: int = 0
    table_versions: dict[str, int] = {}

"""What made a result: versions, options, and the account of a run."""

import msgspec


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """Hashes and versions that decide what a run gives."""

    program: str
    schema: int
    lexicon: str
    model: str


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The account of a run; its parts sum.

    read = known + coded + copies + rejected: `known` were in the record before,
    `copies` are exact copies of a story's original and are not coded again.
    """

    read: int = 0
    known: int = 0
    coded: int = 0
    exact: int = 0
    rejected: int = 0
    stories: int = 0
    events: int = 0
    statements: int = 0
    quantities: int = 0
    happened: int = 0
    planned: int = 0
    hypothetical: int = 0
    negated: int = 0
    denied: int = 0


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One execution over a record. Times are UTC, ISO 8601."""

    run_id: str
    number: int
    versions: Versions
    inputs: tuple[str, ...]
    tally: Tally
    started: str
    finished: str
    status: str
    resumed: int = 0
    table_versions: dict[str, int] = {}

"""What `onrecord diff` returns: how two runs read the same words."""

from enum import StrEnum

import msgspec

from onrecord.show.views.cite import Cite, Passage


class Kind(StrEnum):
    """What became of an event or statement of the first run in the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Of(StrEnum):
    """What differs."""

    EVENT = "event"
    STATEMENT = "statement"


class What(StrEnum):
    """What of a cell differs: its value, else its words, else only what read it."""

    VALUE = "value"
    WORDS = "words"
    RULE = "rule"


class Why(StrEnum):
    """Why a report was coded in only one of the two runs."""

    NOT_READ = "not_read"  # the other run's record does not hold it
    COPY = "copy"  # there it is a copy of another report
    FAILED = "failed"  # there it could not be coded
    NOT_CODED = "not_coded"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two runs, and what it coded with; `name` is how it was asked for."""

    name: str
    run_id: str
    number: int
    program: str
    schema_version: int
    lexicon: str
    model: str


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as a run has it: value, words, and the rule or basis that read it."""

    value: str
    words: tuple[Passage, ...] = ()
    rule: str | None = None


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """A cell in the first run and in the second; None where it has no such cell."""

    cell: str
    what: What
    was: State | None
    now: State | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An event or statement that the two runs have differently.

    `differs` are those of program, schema, lexicon and model that differ between the
    runs that coded its report. `cite` is its sentence, as the second run has it where
    it has it. Types are those of events, acts those of statements.
    """

    diff_id: str
    kind: Kind
    of: Of
    was_id: str | None
    now_id: str | None
    was_type: str | None
    now_type: str | None
    was_rule: str | None
    now_rule: str | None
    differs: tuple[str, ...]
    cells: tuple[CellChange, ...]
    cite: Cite


class ReportDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A report that only one of the runs, "a" or "b", coded, and what it holds."""

    doc_id: str
    source_id: str
    outlet: str | None
    date: str | None
    title: str | None
    coded_in: str
    why: Why
    events: int
    statements: int


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many are alike and how many are not.

    Of those that are alike `other_confidence` differ in how sure they are.
    """

    unchanged: int = 0
    other_confidence: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0


class TypeCount(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a type; one that became another counts as the one it is now."""

    event_type: str
    counts: Counts


class Became(msgspec.Struct, frozen=True, kw_only=True):
    """How many events of one type became events of another."""

    was: str
    now: str
    count: int


class CellCount(msgspec.Struct, frozen=True, kw_only=True):
    """In how many changed events or statements a cell differs, and in what."""

    of: Of
    cell: str
    value: int = 0
    words: int = 0
    rule: int = 0


class RuleCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many events a rule reads now and did not before, and the reverse.

    `cell` is what it reads: the type of an event, the act of a statement, and so on.
    """

    rule: str
    cell: str
    gained: int = 0
    lost: int = 0


class ReportCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Reports: coded by one and the same run, coded twice and compared, or once."""

    same_coding: int
    compared: int
    only_a: int
    only_b: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What differs, counted; `differs` is of what the two runs code with."""

    a: Side
    b: Side
    differs: tuple[str, ...]
    reports: ReportCounts
    events: Counts
    statements: Counts
    types: tuple[TypeCount, ...]
    became: tuple[Became, ...]
    cells: tuple[CellCount, ...]
    rules: tuple[RuleCount, ...]


class DiffPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some differences; `next` is what to ask after for those that follow.

    `summary` and `reports` come with the first page only.
    """

    summary: Summary | None
    reports: tuple[ReportDifference, ...]
    items: tuple[Difference, ...]
    next: str | None

"""Every exception raised on purpose.

    OnRecordError
    ├── UsageError       the user asked for something that cannot be (exit 2)
    ├── InputError       a report, or a whole file of reports, cannot be read
    ├── LexiconError     a knowledge file is broken; carries every problem found
    ├── ModelError       the reader's model is missing or damaged
    ├── PluginError      a part that another package adds does not work
    ├── CoderStopped     a language model's endpoint, or its budget, ends a run early
    ├── StoreError       a record folder is not usable
    │   ├── NotARecord       the folder is something else
    │   ├── RecordLocked     another run is writing to it
    │   ├── RecordDamaged    a table or the head file is broken
    │   └── ObjectsError     a store of objects gives or takes something not
    └── QueryError       DuckDB refused the SQL

A message says what is wrong, where, and what to do now.
"""

from collections.abc import Sequence


class OnRecordError(Exception):
    """Be the root of all errors raised on purpose."""


class UsageError(OnRecordError):
    """Say that an option, filter or argument is off."""


class InputError(OnRecordError):
    """Say that an input cannot be read, with its file and position."""

    def __init__(
        self, message: str, *, file: str | None = None, position: str | None = None
    ) -> None:
        super().__init__(message)
        self.file = file
        self.position = position


class LexiconError(OnRecordError):
    """List every problem found in the knowledge files, `file:line: what`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ModelError(OnRecordError):
    """Say that the reader's model is missing or damaged."""


class PluginError(OnRecordError):
    """Say which plug-in cannot be imported, or what it did wrong."""


class CoderStopped(OnRecordError):
    """Say why a language model is asked no more; what was coded is kept."""


class StoreError(OnRecordError):
    """Say that a record cannot be read or written."""


class NotARecord(StoreError):
    """Say that a folder is not a record."""


class RecordLocked(StoreError):
    """Say that another run holds the record."""


class RecordDamaged(StoreError):
    """Say that a record's table or head file is broken."""


class ObjectsError(StoreError):
    """Say that a store of objects cannot be reached, or refuses."""


class QueryError(OnRecordError):
    """Pass on why DuckDB refused a query."""

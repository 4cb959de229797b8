"""Tables of words by role: `id role forms value`, one entry a line."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import read_tsv

COLUMNS = ("id", "role", "forms", "value")

T = TypeVar("T")
WordTable = Mapping[str, str]


def read_word_table(path: Path, roles: tuple[str, ...]) -> dict[str, WordTable]:
    """Return, for each role, its forms and their values.

    Forms are in lower case and keep no full stop. Raises `LexiconError` with every
    unknown role, double id, badly written form and form that is given twice in a role.
    """
    tables: dict[str, dict[str, str]] = {role: {} for role in roles}
    seen: set[str] = set()
    problems: list[str] = []
    for line, (entry_id, role, forms, value) in read_tsv(path, COLUMNS):
        where = f"{path.name}:{line}"
        if entry_id in seen:
            problems.append(f'{where}: the id "{entry_id}" stands twice')
        seen.add(entry_id)
        if role not in tables:
            problems.append(f'{where}: no role "{role}"; one of {", ".join(roles)}')
            continue
        for form in forms.split("|"):
            if form != form.strip().lower() or not form or "." in form:
                problems.append(f'{where}: "{form}" is not lower case without stops')
            if form in tables[role]:
                problems.append(f'{where}: "{form}" is given twice as {role}')
            tables[role][form] = value
    problems += [f"{path.name}: nothing of role {r}" for r in roles if not tables[r]]
    if problems:
        raise LexiconError(problems)
    return dict(tables)


def fill(
    kind: type[T], tables: Mapping[str, WordTable], openers: frozenset[str], path: Path
) -> T:
    """Return a record of `kind` with one field a role; values become its types.

    Raises `LexiconError` for a value that is no number where one is due.
    """
    try:
        return msgspec.convert({**tables, "openers": openers}, type=kind, strict=False)
    except msgspec.ValidationError as err:
        raise LexiconError([f"{path.name}: {err}"]) from err

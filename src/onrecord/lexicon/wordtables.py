"""Tables of words by role: `id role forms value`, one entry a line."""

from collections.abc import Mapping
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.files import read_tsv

COLUMNS = ("id", "role", "forms", "value")

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
    return {role: table for role, table in tables.items()}


def read_numbers(table: WordTable, path: Path) -> dict[str, float]:
    """Return a table's values as numbers; raise `LexiconError` for what is none."""
    try:
        return {form: float(value) for form, value in table.items()}
    except ValueError as err:
        raise LexiconError([f"{path.name}: {err}"]) from err

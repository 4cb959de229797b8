"""Bring a record that an older program wrote up to what this one writes.

Columns, and fields within them, are added to the tables; rows that are there get NULL
in them. No file is written anew: readers fill in what a file lacks.
"""

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from onrecord.errors import StoreError
from onrecord.store.delta import COMMIT, HOOKS, reason_of

MIXED = "onrecord.mixed"  # the property of a table some of whose files lack columns


def bring_up(table: DeltaTable, name: str, schema: pa.Schema) -> bool:
    """Add to a table what it lacks of `schema`; tell whether anything was added.

    Raises `StoreError` for a column that is of another kind than it was.
    """
    if not lacks(table, schema):
        return False
    try:
        write_deltalake(
            table,
            schema.empty_table(),
            mode="append",
            schema_mode="merge",
            commit_properties=COMMIT,
            post_commithook_properties=HOOKS,
        )
    except Exception as err:
        raise StoreError(
            f"table {name}: cannot be brought up to this version of onrecord"
            f" ({reason_of(err)}); run the reports again into a new record"
        ) from err
    table.alter.set_table_properties(
        {MIXED: "true"}, raise_if_not_exists=False, commit_properties=COMMIT
    )
    return True


def lacks(table: DeltaTable, schema: pa.Schema) -> bool:
    """Tell whether a table lacks a column of `schema`, or a field of one."""
    return _lacks(pa.struct(list(pa.schema(table.schema().to_arrow()))), schema)


def is_mixed(table: DeltaTable, schema: pa.Schema) -> bool:
    """Tell whether some file of a table may lack a column of `schema`."""
    return MIXED in table.metadata().configuration or lacks(table, schema)


def differs(table: DeltaTable, schema: pa.Schema) -> bool:
    """Tell whether a table has columns or fields that `schema` does not have."""
    have = pa.schema(table.schema().to_arrow())
    return _lacks(pa.struct(list(schema)), have)


def _lacks(have: pa.DataType, want: pa.Schema | pa.DataType) -> bool:
    if isinstance(want, pa.Schema):
        want = pa.struct(list(want))
    if pa.types.is_list(want):
        return pa.types.is_list(have) and _lacks(have.value_type, want.value_type)
    if not pa.types.is_struct(want) or not pa.types.is_struct(have):
        return False
    fields = {field.name: field.type for field in have}
    return any(
        field.name not in fields or _lacks(fields[field.name], field.type)
        for field in want
    )

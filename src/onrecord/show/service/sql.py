"""SQL over the record's tables, within limits."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from onrecord.show.service.given import Run
from onrecord.show.service.sandbox import Found, Sandbox

Sql = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=10_000, description="One SELECT of DuckDB."
    ),
]


@get("/sql", sync_to_thread=True)
def get_sql(q: Sql, sandbox: NamedDependency[Sandbox], as_of: Run = None) -> Found:
    """Return the first 1,000 rows of a query on the tables of the record.

    Neither files nor the network can be reached. A query may take 5 seconds and half
    a gigabyte of memory.
    """
    return sandbox.ask(q, as_of=as_of)

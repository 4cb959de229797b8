"""What handlers are given: the record, the filters, and the parameters they share."""

from pathlib import Path
from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter

from onrecord.show.views.listing import MOST
from onrecord.store.filters import Filters

Here = NamedDependency[Path]
Chosen = NamedDependency[Filters]
Run = Annotated[
    str | None,
    QueryParameter(max_length=100, description="Number or id of an older run."),
]
Limit = Annotated[
    int, QueryParameter(ge=1, le=MOST, description="At most so many items.")
]
After = Annotated[
    str | None,
    QueryParameter(max_length=100, description="`next` of the items before these."),
]

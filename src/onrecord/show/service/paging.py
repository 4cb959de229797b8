"""The parameters that lists share."""

from typing import Annotated

from litestar.params import Parameter

from onrecord.show.views.listing import MOST

Limit = Annotated[int, Parameter(ge=1, le=MOST, description="At most so many items.")]
After = Annotated[
    str | None,
    Parameter(max_length=100, description="`next` of the items before these."),
]

"""How long and how large the coding of one report may get."""

import msgspec

REPORT_SECONDS = 120.0  # the slowest sound report measured takes about 2


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a process that codes reports may take; None is without limit.

    `seconds` of the clock are for each report, `memory` in bytes is for each process.
    A report that needs more is rejected with that reason, and the others go on.
    """

    seconds: float | None = None
    memory: int | None = None

    @property
    def none(self) -> bool:
        """Tell whether nothing is limited."""
        return self.seconds is None and self.memory is None


UNLIMITED = Limits()

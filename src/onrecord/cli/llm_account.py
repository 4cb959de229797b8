"""What is told and kept of asking a language model, before and after."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.ontology import Ontology

if TYPE_CHECKING:
    from onrecord.engine.steps import Progress, Report
    from onrecord.llm.coder import LlmCoder
    from onrecord.llm.opening import Forecast, Settings
    from onrecord.store.record import Record


class Account:
    """Tells the user what goes where, and keeps in the record what became of it."""

    def __init__(
        self,
        coder: "LlmCoder",
        settings: "Settings",
        ontology: Ontology,
        *,
        recode: bool,
    ) -> None:
        self._coder = coder
        self._settings = settings
        self._ontology = ontology
        self._recode = recode
        self._dropped: Counter[tuple[str, str]] = Counter()
        self._countries: Counter[str] = Counter()
        self._kept = 0

    def begin(self, record: "Record", tell: "Report") -> "Report":
        """Say what is about to be sent; return what keeps the accounts of reports."""
        forecast = self._foresee(record)
        if forecast.reports:
            _say(forecast_lines(self._settings, forecast))

        def note(progress: "Progress") -> None:
            self._keep(record)
            tell(progress)

        return note

    def end(self) -> None:
        """Say what was asked; raise what kept the rest from being asked."""
        _say(self._account_lines())
        if self._coder.stopped is not None:
            raise self._coder.stopped

    def _foresee(self, record: "Record") -> "Forecast":
        from onrecord.llm.opening import foresee
        from onrecord.llm.pieces import PIECE_CHARACTERS
        from onrecord.store.query import load_sql, rows

        connection = record.connect("reports", "memberships", "codings")
        parameters = {"piece": PIECE_CHARACTERS, "all": self._recode}
        (left,) = rows(connection, load_sql("left_to_ask"), parameters)
        return foresee(self._settings, self._ontology, **left)

    def _keep(self, record: "Record") -> None:
        from onrecord.llm.rows import asked_row

        run, done = record.head.run, self._coder.take_accounts()
        if run is not None and done:
            prices = self._settings.prices
            asked = [asked_row(one, run_id=run.run_id, prices=prices) for one in done]
            record.commit(run=run, add={"asked": asked})
        for one in done:
            self._dropped.update(one.dropped)
            self._countries.update(one.countries)
            self._kept += one.kept

    def _account_lines(self) -> Iterator[str]:
        totals = self._coder.totals
        sent, received = totals["sent"], totals["received"]
        if totals["requests"] or self._kept:
            cost = self._settings.prices.cost(sent, received)
            price = "" if cost is None else f", cost {cost:,.4f}"
            yield (
                f"{_count(totals['requests'], 'request')} ({totals['again']:,} tried"
                f" again), {_count(self._kept, 'answer')} kept from before;"
                f" {sent:,} tokens sent, {received:,} received{price}"
            )
        if self._dropped:
            parts = (
                f"{n:,} {cell} {reason}"
                for (cell, reason), n in self._dropped.most_common()
            )
            yield f"dropped: {', '.join(parts)}"
        if self._countries:
            same, other = self._countries["same"], self._countries["other"]
            yield (
                f"countries claimed: {same:,} as we know them, {other:,} others,"
                f" {self._countries['open']:,} where we know none"
            )


def forecast_lines(settings: "Settings", forecast: "Forecast") -> Iterator[str]:
    """Yield what the user is told before anything is sent."""
    endpoint = settings.endpoint
    yield (
        f"the texts of {_count(forecast.reports, 'report')} go to {endpoint.host},"
        f" model {endpoint.model}: about {_count(forecast.requests, 'request')} and"
        f" {forecast.sent:,} tokens, answers of at most {forecast.received:,}; what was"
        " answered before is not sent again"
    )
    if forecast.cost is not None:
        yield f"this costs at most about {forecast.cost:,.4f} by the prices given"
    if settings.amount is not None:
        yield f"no more is asked when {settings.amount:,.4f} may be spent"
    if settings.tokens is not None:
        yield f"no more is asked when {settings.tokens:,} tokens may be used"


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(f"llm: {line}", err=True)

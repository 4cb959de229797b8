"""Rows of the table `asked`."""

from typing import Any

from onrecord.llm.account import Asked
from onrecord.llm.purse import Prices


def asked_row(asked: Asked, *, run_id: str, prices: Prices) -> dict[str, Any]:
    """Return the row that says what one report took and what was dropped."""
    return {
        "doc_id": asked.doc_id,
        "run_id": run_id,
        "pieces": asked.pieces,
        "kept": asked.kept,
        "tokens_sent": asked.sent,
        "tokens_received": asked.received,
        "cost": prices.cost(asked.sent, asked.received),
        "failed": asked.failed,
        "dropped": [
            {"cell": cell, "reason": reason, "n": n}
            for (cell, reason), n in sorted(asked.dropped.items())
        ],
        "countries_same": asked.countries["same"],
        "countries_other": asked.countries["other"],
        "countries_open": asked.countries["open"],
    }

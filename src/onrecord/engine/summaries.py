"""Last step of a run: the summaries that views read are brought up to the record.

They hold nothing of their own, so a run has not failed where they cannot be written.
"""

from pathlib import Path

from onrecord.store.summaries_write import update_summaries


def keep_summaries(record: Path) -> None:
    """Bring the summaries of a record that a run has just ended up to its head."""
    update_summaries(record)

"""Second step of a run: each report gets its place in a story."""

from collections.abc import Sequence
from typing import Any

from onrecord.collapse import Member, gather
from onrecord.store.head import OpenRun
from onrecord.store.lookup import Settled, unsettled_stories
from onrecord.store.record import Record, Removal
from onrecord.store.rows import membership_row, story_row

STORIES_A_BATCH = 20_000


def settle_stories(record: Record, run: OpenRun) -> None:
    """Settle every story that has new reports; a story may get another original."""
    while _settle_some(record, run):
        pass


def _settle_some(record: Record, run: OpenRun) -> bool:
    stories: list[dict[str, Any]] = []
    memberships: list[dict[str, Any]] = []
    old_stories: list[str] = []
    old_memberships: list[str] = []
    for story_id, members in unsettled_stories(record, limit=STORIES_A_BATCH):
        story, places = gather(story_id, [Member(m.doc_id, m.date) for m in members])
        stories.append(story_row(story))
        rows, changed = _changes(members, [membership_row(p) for p in places])
        memberships += rows
        old_memberships += changed
        if any(m.relation for m in members):
            old_stories.append(story_id)
    if not stories:
        return False
    record.commit(
        run=run,
        remove=(
            Removal("stories", "story_id", tuple(old_stories)),
            Removal("memberships", "doc_id", tuple(old_memberships)),
        ),
        add={"stories": stories, "memberships": memberships},
    )
    return True


def _changes(
    members: Sequence[Settled], places: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows to write, and the reports whose old rows they replace."""
    before = {m.doc_id: (m.relation, m.of) for m in members}
    rows = [p for p in places if (p["relation"], p["of"]) != before[p["doc_id"]]]
    changed = [p["doc_id"] for p in rows if before[p["doc_id"]][0] is not None]
    return rows, changed

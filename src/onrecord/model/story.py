"""Reports that are one story."""

from enum import StrEnum

import msgspec


class Relation(StrEnum):
    """How a report belongs to its story."""

    ORIGINAL = "original"
    EXACT = "exact"
    NEAR = "near"
    REWRITTEN = "rewritten"


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One report's place in its story; `of` is the report it copies."""

    doc_id: str
    story_id: str
    relation: Relation
    of: str | None
    similarity: float


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story: its original report and how many reports carry it."""

    story_id: str
    original: str
    report_count: int

"""The shape of stories: a report with its copies, and where their words depart."""

import datetime as dt

import msgspec

from onrecord.show.views.cite import Passage


class StoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One story. Date, outlet, title are those of its original.

    `reports` = 1 + `exact` + `near` + `rewritten`. The links count reports of other
    stories that depend on this one; `follows` counts what this one depends on. `events`
    are those of the story, each once.
    """

    story_id: str
    original: str
    source_id: str
    title: str | None
    date: dt.date | None
    outlet: str | None
    url: str | None
    language: str | None
    reports: int
    exact: int
    near: int
    rewritten: int
    updates: int
    contradictions: int
    contained: int
    partly: int
    follows: int
    first: dt.date | None
    last: dt.date | None
    outlets: tuple[str, ...]
    events: int
    statements: int


class Stories(msgspec.Struct, frozen=True, kw_only=True):
    """Stories in order of their original's date; `count` is how many fit."""

    count: int
    reports: int
    stories: tuple[StoryRow, ...]


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report's words depart from another's; None where nothing stands.

    `changes` says what is changed beyond the words, such as `number`.
    """

    original: Passage | None
    copy: Passage | None
    changes: tuple[str, ...]


class Altered(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a copy that departs, and those of the original it was made of.

    `original` is empty where the copy adds the whole sentence.
    """

    copy: Passage
    original: tuple[Passage, ...]
    drift: tuple[Departure, ...]


class StoryReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a story: the original, or a copy with its departures.

    `of` is the report it copies. `altered` are in order of the copy; they hold
    `departures`, none in an exact copy.
    """

    doc_id: str
    source_id: str
    outlet: str | None
    date: dt.date | None
    title: str | None
    url: str | None
    relation: str
    of: str | None
    similarity: float
    departures: int
    altered: tuple[Altered, ...]


class StoryLink(msgspec.Struct, frozen=True, kw_only=True):
    """A report of another story that depends on this one, or that this one follows."""

    kind: str
    direction: str  # to: the other follows this one; from: this one follows the other
    doc_id: str
    story_id: str | None
    source_id: str
    outlet: str | None
    date: dt.date | None
    title: str | None
    similarity: float


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """One story with its reports in order of date, and what is linked to it.

    `story.reports` counts them all, `reports` may be the first only.
    """

    story: StoryRow
    reports: tuple[StoryReport, ...]
    links: tuple[StoryLink, ...]

"""What is compared: gold reports, and what was given for them.

A cell is None where gold was not asked for it or a line lacks it: it cannot be
compared. An empty cell says that there is nothing.
"""

from collections.abc import Mapping

import msgspec

from onrecord.model.span import Span

Days = tuple[str, str]  # first and last day, as YYYY-MM-DD


class Who(msgspec.Struct, frozen=True):
    """A party: its country, None where unknown, and what it is called, in lower case.

    `names` are the canonical name and the words in the text, as far as they are there.
    """

    country: str | None
    names: tuple[str, ...]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An event. `sources` are those on whose word it is, outermost first.

    `is_told` is False where `when` is only the day of publication. `where` compares by
    names, which have no accents.
    """

    trigger: Span
    sentence: Span | None
    event_type: str
    factuality: str | None = None
    actors: tuple[Who, ...] | None = None
    recipients: tuple[Who, ...] | None = None
    implied_actors: tuple[Who, ...] = ()
    implied_recipients: tuple[Who, ...] = ()
    sources: tuple[Who, ...] | None = None
    when: tuple[Days, ...] | None = None
    is_told: bool = True
    where: tuple[Who, ...] | None = None
    numbers: tuple[float, ...] | None = None
    unsure: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement."""

    cue: Span
    speaker: Span | None
    act: str | None = None
    form: str | None = None
    content: tuple[Span, ...] | None = None
    unsure: bool = False


class Point(msgspec.Struct, frozen=True):
    """A place on earth, in degrees."""

    lat: float
    lon: float


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A time, place, quantity or sentence: words, and what they mean.

    `names` are those a country answers to; `is_country` says that no point is due.
    """

    span: Span
    value: str | float | None = None
    point: Point | None = None
    names: tuple[str, ...] = ()
    is_country: bool = False


class Related(msgspec.Struct, frozen=True):
    """The relation of two given spans; a line of a set has quads of its own."""

    event_type: str | None
    quad: int | None
    is_set: bool = False


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A report's story, and how it copies the story's original."""

    story: str
    relation: str | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as gold has it, or as it was given; None where a layer is not told.

    `keys` are the ids it answers to, the first being the one to show. `judged` are the
    places that gold was asked about, None where it is the whole report. `marked` has
    the layers of words: times, places, quantities, sentences.
    """

    keys: tuple[str, ...]
    text: str | None = None
    events: tuple[Act, ...] | None = None
    statements: tuple[Said, ...] | None = None
    marked: Mapping[str, tuple[Marked, ...]] = {}
    relation: Related | None = None
    copy: Copied | None = None
    judged: tuple[Span, ...] | None = None

    @property
    def key(self) -> str:
        """Return the id to show."""
        return self.keys[0]

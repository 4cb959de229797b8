"""A statement as the model gives it -> an attribution, as our own layer has them."""

from collections.abc import Callable

import msgspec

from onrecord.llm.answer import (
    Named,
    Raw,
    There,
    read_cell,
    read_entry,
    read_item,
    read_list,
    read_optional,
)
from onrecord.llm.lookup import (
    NO_CODE,
    NOT_IN_TEXT,
    OWN_WORDS,
    TOO_MANY,
    Dropped,
    Refused,
    Text,
    dropping,
)
from onrecord.llm.pieces import Piece
from onrecord.model.annotation import Act, Attribution, Form, Nominal
from onrecord.model.span import Span
from onrecord.understand.attributions_content import find_form
from onrecord.understand.quotations import Quotations, find_quotations

CONTENTS = 24  # sentences of one statement; a longer one is a document


class Quoted:
    """The quotations of a report: what they hold is said in so many words."""

    def __init__(self, text: Text) -> None:
        document = text.adoc.document
        self._quotations: Quotations = find_quotations(
            document.text, start=document.body_start
        )

    def form(self, content: tuple[Span, ...]) -> Form:
        """Return whether all, some or none of the content is quoted."""
        return find_form(content, self._quotations)


def make_attribution(
    raw: msgspec.Raw,
    *,
    text: Text,
    piece: Piece,
    quoted: Quoted,
    rule: str,
    dropped: Dropped,
) -> Attribution:
    """Return the attribution; raise `Malformed` or `Refused` where it lacks words."""
    entry = read_entry(raw)
    number = read_cell(entry, "sentence", int)
    text.check(number, piece)
    cue = text.find(number, read_cell(entry, "cue", str))[0]
    speaker = text.nominal(number, read_cell(entry, "speaker", Named), cue)
    if speaker.span.overlaps(cue):
        raise Refused(OWN_WORDS)
    content = _content(entry, text, piece, cue, dropped)
    if not content:
        raise Refused(NOT_IN_TEXT)
    return Attribution(
        sentence=number,
        cue_token=text.head(number, cue),
        cue=cue,
        speaker=speaker,
        content=content,
        act=_act(entry),
        form=quoted.form(content),
        rule=rule,
        venue=_words(entry, "venue", lambda w: text.near(number, w, cue), dropped),
        addressee=_addressee(entry, text, number, cue, dropped),
    )


def _act(entry: Raw) -> Act:
    try:
        return Act(read_cell(entry, "act", str))
    except ValueError:
        raise Refused(NO_CODE) from None


def _content(
    entry: Raw, text: Text, piece: Piece, cue: Span, dropped: Dropped
) -> tuple[Span, ...]:
    found: set[Span] = set()
    for at, raw in enumerate(read_list(entry, "content")):
        with dropping(dropped, "content"):
            if at >= CONTENTS:
                raise Refused(TOO_MANY)
            span = text.there(read_item(raw, There), piece, cue)
            if span.overlaps(cue):
                raise Refused(OWN_WORDS)
            found.add(span)
    return tuple(sorted(found))


def _addressee(
    entry: Raw, text: Text, number: int, cue: Span, dropped: Dropped
) -> Nominal | None:
    with dropping(dropped, "addressee"):
        words = read_optional(entry, "addressee", str)
        return None if words is None else text.nominal(number, Named(words), cue)
    return None


def _words(
    entry: Raw, cell: str, find: Callable[[str], Span], dropped: Dropped
) -> Span | None:
    with dropping(dropped, cell):
        words = read_optional(entry, cell, str)
        return None if words is None else find(words)
    return None

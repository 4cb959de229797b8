"""Look up what a model quotes: where it stands, and what our own layers say of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from onrecord.code.groups import expand_groups
from onrecord.code.roles import as_party
from onrecord.code.when import as_when
from onrecord.lexicon.kit import Kit
from onrecord.llm.answer import Malformed, Named, There
from onrecord.llm.pieces import SENTENCES_BEFORE, Piece
from onrecord.llm.quote import View, find_words, make_view, nearest
from onrecord.model.annotation import (
    AnnotatedDocument,
    Nominal,
    Place,
    Quantity,
    Timex,
    TimexType,
)
from onrecord.model.event import Party, When
from onrecord.model.lookup import Nominals, by_head, nominal_at
from onrecord.model.span import Span
from onrecord.model.tree import governor, tokens_in

# Why a cell, or a whole event, is dropped.
MALFORMED = "malformed"
NO_SENTENCE = "no_such_sentence"
NOT_IN_TEXT = "not_in_text"
WHICH = "which_of_several"
TOO_LONG = "too_long"
NO_CODE = "unknown_code"
NOBODY = "names_nobody"
NO_TIME = "no_time"
NO_PLACE = "no_place"
NO_NUMBER = "no_number"
OWN_WORDS = "own_words"
REPEATED = "repeated"
TOO_MANY = "too_many"

Dropped = Counter[tuple[str, str]]
Layer = TypeVar("Layer", Timex, Place, Quantity)


class Refused(Exception):
    """Say why something does not pass, with one of the reasons above."""


@contextmanager
def dropping(dropped: Dropped, cell: str) -> Iterator[None]:
    """Leave out what does not pass, and count it."""
    try:
        yield
    except Malformed:
        dropped[cell, MALFORMED] += 1
    except Refused as err:
        dropped[cell, str(err)] += 1


class Text:
    """A report with its layers, as a model's quotations are looked up in it.

    `countries` compares the countries that the model claims with our own.
    """

    def __init__(self, adoc: AnnotatedDocument, kit: Kit) -> None:
        self.adoc = adoc
        self.kit = kit
        self.countries: Counter[str] = Counter()
        self._nominals: Nominals = by_head(adoc.nominals)
        self._views: dict[int, View] = {}

    def check(self, number: int, piece: Piece, *, before: int = 0) -> None:
        """Raise `Refused` for a sentence that is not in the piece, nor `before` it."""
        if not max(0, piece.first - before) <= number < piece.last:
            raise Refused(NO_SENTENCE)

    def find(self, number: int, words: str) -> tuple[Span, ...]:
        """Return where words stand in a sentence; raise `Refused` if nowhere."""
        view = self._views.get(number)
        if view is None:
            view = make_view(self.adoc.document.text, self.adoc.sentences[number].span)
            self._views[number] = view
        spans = find_words(view, words)
        if not spans:
            raise Refused(NOT_IN_TEXT)
        return spans

    def near(self, number: int, words: str, to: Span) -> Span:
        """Return where words stand in a sentence, the nearest place to `to`."""
        found = nearest(self.find(number, words), to)
        if found is None:
            raise Refused(NOT_IN_TEXT)
        return found

    def there(self, there: There, piece: Piece, to: Span) -> Span:
        """Return where words stand in the sentence that they name."""
        self.check(there.sentence, piece, before=SENTENCES_BEFORE)
        return self.near(there.sentence, there.words, to)

    def head(self, number: int, span: Span) -> int:
        """Return the word of a sentence that the others of a span hang on."""
        sentence = self.adoc.sentences[number]
        words = tokens_in(sentence, span)
        inside = set(words)
        return next((w for w in words if governor(sentence, w) not in inside), words[0])

    def nominal(self, number: int, named: Named, to: Span) -> Nominal:
        """Return who is named by words, as our own layers resolve them.

        Its span is that of the words.
        """
        span = self.near(number, named.words, to)
        sentence = self.adoc.sentences[number]
        found = nominal_at(number, sentence, self.head(number, span), self._nominals)
        if found is None:
            raise Refused(NOBODY)
        self._compare(named.country, found.country)
        return msgspec.structs.replace(found, span=span)

    def parties(self, number: int, named: Named, to: Span) -> tuple[Party, ...]:
        """Return the party that words name, or those that they count ("both sides")."""
        nominal = self.nominal(number, named, to)
        own = self._nominals[number, nominal.head].span
        party = msgspec.structs.replace(as_party(nominal), span=own)
        members = expand_groups(self.adoc, number, [party], self.kit.choices)
        return tuple(msgspec.structs.replace(m, span=nominal.span) for m in members)

    def when(self, span: Span) -> When:
        """Return the time that words tell; raise `Refused` if they tell none."""
        for timex in _over(self.adoc.times, span):
            is_day = timex.type is not TimexType.DURATION
            if is_day and timex.start and timex.end and timex.start <= timex.end:
                when = as_when(self.adoc, timex, self.kit.choices)
                if when is not None:
                    return when
        raise Refused(NO_TIME)

    def places(self, span: Span) -> tuple[Place, ...]:
        """Return the places that words name; raise `Refused` if they name none."""
        found = _over(self.adoc.places, span)
        if not found:
            raise Refused(NO_PLACE)
        return found

    def quantities(self, span: Span) -> tuple[Quantity, ...]:
        """Return the numbers that words tell; raise `Refused` if they tell none."""
        found = _over(self.adoc.quantities, span)
        if not found:
            raise Refused(NO_NUMBER)
        return found

    def _compare(self, claimed: str | None, own: str | None) -> None:
        if claimed is None:
            return
        state = "open" if own is None else "same" if claimed == own else "other"
        self.countries[state] += 1


def _over(items: Sequence[Layer], span: Span) -> tuple[Layer, ...]:
    """Return what shares code points with a span, in text order."""
    found = [item for item in items if item.span.overlaps(span)]
    return tuple(sorted(found, key=lambda item: item.span))

"""Cut a report into pieces of whole sentences, each to be asked for on its own."""

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.model.annotation import AnnotatedDocument

PIECE_CHARACTERS = 6_000  # answers grow with pieces, and the longer the more is missed
SENTENCE_CHARACTERS = 6_000  # no sentence is longer; what is, is a list or a fault
SENTENCES_BEFORE = 2  # of the report, so that pronouns can be understood


class Piece(msgspec.Struct, frozen=True):
    """Sentences `first` to before `last` of a report, 0-based."""

    first: int
    last: int

    @property
    def halves(self) -> "tuple[Piece, ...]":
        """Return the piece as two; nothing where it is a single sentence."""
        if self.last - self.first < 2:
            return ()
        middle = (self.first + self.last) // 2
        return Piece(self.first, middle), Piece(middle, self.last)


def cut_pieces(adoc: AnnotatedDocument) -> tuple[Piece, ...]:
    """Return the pieces of a report in order; too long sentences are in none."""
    lengths = [s.span.end - s.span.start for s in adoc.sentences]
    return tuple(_cut(lengths))


def too_long(adoc: AnnotatedDocument) -> int:
    """Return how many sentences are not asked for."""
    return sum(s.span.end - s.span.start > SENTENCE_CHARACTERS for s in adoc.sentences)


def show_piece(adoc: AnnotatedDocument, piece: Piece) -> str:
    """Return the JSON that shows a piece to the model, with its sentences' numbers."""
    document = adoc.document
    before = range(max(0, piece.first - SENTENCES_BEFORE), piece.first)
    shown = {
        "date": document.date.isoformat() if document.date else None,
        "before": [_show(adoc, n) for n in before],
        "sentences": [_show(adoc, n) for n in range(piece.first, piece.last)],
    }
    return msgspec.json.encode(shown).decode()


def _cut(lengths: Sequence[int]) -> Iterator[Piece]:
    first = size = 0
    for number, length in enumerate(lengths):
        is_sent = length <= SENTENCE_CHARACTERS
        if size and (not is_sent or size + length > PIECE_CHARACTERS):
            yield Piece(first, number)
            size = 0
        if not is_sent:
            continue
        if not size:
            first = number
        size += length
    if size:
        yield Piece(first, len(lengths))


def _show(adoc: AnnotatedDocument, number: int) -> dict[str, object]:
    text = adoc.sentences[number].span.of(adoc.document.text)
    return {"n": number, "text": " ".join(text.split())[:SENTENCE_CHARACTERS]}

"""Fingerprints and comparisons made in several processes, the same as in one.

The processes are told the texts of each piece of work; what they keep from one to the
next saves time and changes nothing, so it does not matter which of them does which.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context

from onrecord.collapse.compare import Comparison
from onrecord.collapse.fingerprint import Fingerprint, fingerprint
from onrecord.collapse.knowledge import load_story_words
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.reports import Body, Comparer
from onrecord.model.document import Document

REPORTS_A_PIECE = 250
PAIRS_A_PIECE = 2_500  # a report is made ready once in a piece, for all its pairs
WAITING = 16  # pieces for each process, handed out before their results are taken

Pair = tuple[str, str]  # the original, the copy
Piece = tuple[Sequence[Pair], Mapping[str, Body]]


class Crew:
    """Processes that do what this one would do alone."""

    def __init__(self, executor: ProcessPoolExecutor, processes: int) -> None:
        self._executor = executor
        self._waiting = WAITING * processes

    def fingerprints(self, documents: Iterable[Document]) -> Iterator[Fingerprint]:
        """Yield the fingerprints of reports in their order."""
        reports = iter(documents)
        pieces = iter(lambda: list(islice(reports, REPORTS_A_PIECE)), [])
        while some := list(islice(pieces, self._waiting)):
            for prints in self._executor.map(_fingerprints, some):
                yield from prints

    def compare(
        self, pairs: Iterable[Pair], body_of: Callable[[str], Body]
    ) -> dict[Pair, Comparison]:
        """Return what each copy is to its original."""
        near = list(pairs)
        pieces = [
            _piece(near[at : at + PAIRS_A_PIECE], body_of)
            for at in range(0, len(near), PAIRS_A_PIECE)
        ]
        compared = chain.from_iterable(self._executor.map(_compare, pieces))
        return dict(zip(near, compared, strict=True))


@contextmanager
def start_crew(processes: int) -> Iterator[Crew]:
    """Start processes; they end with the block."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as executor:
        yield Crew(executor, processes)


def _piece(pairs: Sequence[Pair], body_of: Callable[[str], Body]) -> Piece:
    doc_ids = dict.fromkeys(doc_id for pair in pairs for doc_id in pair)
    return pairs, {doc_id: body_of(doc_id) for doc_id in doc_ids}


@lru_cache(1)
def _lexemes() -> Lexemes:
    return Lexemes(load_story_words())


@lru_cache(1)
def _comparer() -> tuple[Comparer, dict[str, Body]]:
    """Return what compares the reports of a piece, and the texts of these."""
    bodies: dict[str, Body] = {}
    return Comparer(_lexemes(), bodies.__getitem__), bodies


def _fingerprints(documents: Sequence[Document]) -> list[Fingerprint]:
    return [fingerprint(document, _lexemes()) for document in documents]


def _compare(piece: Piece) -> list[Comparison]:
    pairs, bodies = piece
    comparer, known = _comparer()
    known.clear()
    known.update(bodies)
    return [comparer.compare(*pair) for pair in pairs]

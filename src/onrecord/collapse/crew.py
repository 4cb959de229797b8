"""Fingerprints and comparisons made in several processes, the same as in one.

The processes are told the texts of each piece of work; what they keep from one to the
next saves time and changes nothing, so it does not matter which of them does which.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context

import msgspec

from onrecord.collapse.compare import Comparison
from onrecord.collapse.fingerprint import Fingerprint, fingerprints
from onrecord.collapse.knowledge import load_story_words
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.reports import compare_bodies, cut_pairs
from onrecord.collapse.stories import Pair
from onrecord.collapse.words import Body
from onrecord.model.document import Document

REPORTS_A_PIECE = 250
WAITING = 4  # pieces for each process, handed out before their results are taken

Piece = tuple[Sequence[Pair], Mapping[str, Body]]
COMPARISONS = msgspec.msgpack.Decoder(list[Comparison])


class Crew:
    """Processes that do what this one would do alone."""

    def __init__(self, executor: ProcessPoolExecutor, processes: int) -> None:
        self._executor = executor
        self._waiting = WAITING * processes

    def fingerprints(self, documents: Iterable[Document]) -> Iterator[Fingerprint]:
        """Yield the fingerprints of reports in their order."""
        reports = iter(documents)
        waiting: deque[Future[list[Fingerprint]]] = deque()
        while some := list(islice(reports, REPORTS_A_PIECE)):
            waiting.append(self._executor.submit(_fingerprints, some))
            if len(waiting) > self._waiting:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def compare(
        self, pairs: Iterable[Pair], body_of: Callable[[str], Body]
    ) -> dict[Pair, Comparison]:
        """Return what each copy is to its original."""
        found: dict[Pair, Comparison] = {}
        pieces = list(cut_pairs(pairs, body_of))
        compared = self._executor.map(_compare, pieces)
        for (some, _), made in zip(pieces, compared, strict=True):
            found.update(zip(some, COMPARISONS.decode(made), strict=True))
        return found


@contextmanager
def start_crew(processes: int) -> Iterator[Crew]:
    """Start processes; they end with the block."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as executor:
        yield Crew(executor, processes)


@lru_cache(1)
def _lexemes() -> Lexemes:
    return Lexemes(load_story_words())


def _fingerprints(documents: Sequence[Document]) -> list[Fingerprint]:
    return list(fingerprints(documents, _lexemes()))


def _compare(piece: Piece) -> bytes:
    """Return comparisons in a form that takes less time on its way than they do."""
    return msgspec.msgpack.encode(compare_bodies(*piece, _lexemes()))

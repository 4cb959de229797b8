"""Code reports with a language model: an engine as the local and the cluster's are."""

import functools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait

import msgspec

from onrecord.errors import CoderStopped
from onrecord.lexicon.kit import Kit
from onrecord.llm.account import Asked
from onrecord.llm.answer import Answered, read_answer
from onrecord.llm.asker import Asker
from onrecord.llm.client import Failed
from onrecord.llm.door import let_in
from onrecord.llm.kept import Answer
from onrecord.llm.lookup import TOO_LONG
from onrecord.llm.pieces import Piece, cut_pieces, show_piece, too_long
from onrecord.llm.threads import Threads
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.model.event import CodedDocument

REPORTS_A_THREAD = 2  # one being asked for, one understood and waiting

Understand = Callable[[Document], AnnotatedDocument]
Answers = list[tuple[Piece, Answered]]


class _Waiting(msgspec.Struct):
    """A report, what its account is, and the answers it waits for."""

    document: Document
    asked: Asked
    adoc: AnnotatedDocument | None = None
    pieces: list[Future[Answers]] = []
    broken: str | None = None


class LlmCoder:
    """What codes reports by asking.

    Where nothing more can be asked the results end early, and `stopped` says why: a
    run that goes on later asks for the rest.
    """

    def __init__(
        self,
        asker: Asker,
        *,
        understand: Understand,
        kit: Kit,
        model: str,
        threads: int,
    ) -> None:
        self._asker = asker
        self._understand = understand
        self._kit = kit
        self._rule = f"llm/{model}"
        self._threads = threads
        self._lock = threading.Lock()
        self._done: list[Asked] = []
        self.totals = asker.totals
        self.stopped: CoderStopped | None = None

    def code(self, documents: Iterable[Document]) -> Iterator[CodedDocument | Rejected]:
        """Yield one result for each report, in order, as far as can be asked.

        Few reports are taken ahead of the results.
        """
        stream = iter(documents)
        threads = Threads(self._threads)
        waiting: deque[_Waiting] = deque()
        try:
            while True:
                while len(waiting) < REPORTS_A_THREAD * self._threads:
                    document = next(stream, None)
                    if document is None:
                        break
                    waiting.append(self._begin(document, threads))
                if not waiting:
                    return
                one = waiting.popleft()
                result = self._finish(one)
                self._done.append(one.asked)
                yield result
        except CoderStopped as err:
            self.stopped = err
            # What is on its way is paid for: it is kept, for the run that goes on.
            wait([p for left in waiting for p in left.pieces if not p.cancel()])
        finally:
            for left in waiting:
                for piece in left.pieces:
                    piece.cancel()
            threads.close()

    def take_accounts(self) -> list[Asked]:
        """Return the accounts of the reports that were done since the last call."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Let nothing more be asked."""
        self._asker.close()

    def _begin(self, document: Document, threads: Threads) -> _Waiting:
        asked = Asked(doc_id=document.doc_id)
        one = _Waiting(document, asked)
        try:
            one.adoc = adoc = self._understand(document)
        except Exception as err:  # noqa: BLE001 - one bad report must cost one report
            one.broken = f"{type(err).__name__}: {err}"
            return one
        left_out = too_long(adoc)
        if left_out:
            asked.dropped["sentence", TOO_LONG] = left_out
        one.pieces = [
            threads.submit(functools.partial(self._ask, adoc, piece, asked))
            for piece in cut_pieces(adoc)
        ]
        return one

    def _ask(self, adoc: AnnotatedDocument, piece: Piece, asked: Asked) -> Answers:
        """Return the answers to a piece; where one was cut off, those to its halves."""
        answer, kept = self._asker.ask(show_piece(adoc, piece))
        self._note(asked, answer, kept=kept)
        if not answer.whole:
            if not piece.halves:
                raise Failed("the answer to one sentence goes on for too long")
            return [a for half in piece.halves for a in self._ask(adoc, half, asked)]
        return [(piece, read_answer(answer.text))]

    def _note(self, asked: Asked, answer: Answer, *, kept: bool) -> None:
        with self._lock:
            asked.pieces += 1
            asked.kept += kept
            asked.sent += answer.sent
            asked.received += answer.received

    def _finish(self, one: _Waiting) -> CodedDocument | Rejected:
        if one.adoc is None:
            return self._refuse(one, "understand", str(one.broken))
        try:
            answers = [a for piece in one.pieces for a in piece.result()]
        except Failed as err:
            for piece in one.pieces:
                piece.cancel()
            self._asker.judge(str(err))
            return self._refuse(one, "code", f"llm: {err}")
        self._asker.judge(None)
        try:
            return let_in(
                one.adoc, answers, kit=self._kit, rule=self._rule, asked=one.asked
            )
        except Exception as err:  # noqa: BLE001 - one bad report must cost one report
            return self._refuse(one, "code", f"{type(err).__name__}: {err}")

    def _refuse(self, one: _Waiting, stage: str, reason: str) -> Rejected:
        one.asked.failed = reason
        document = one.document
        return make_rejected(
            file=document.file,
            position=document.position,
            stage=stage,
            reason=reason.encode("utf-8", "backslashreplace").decode(),
            source_id=document.source_id,
        )

"""Arrow batch of reports in, Arrow batch of what was found out.

The one function every engine calls, on one machine or many.
"""

import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa

from onrecord.engine.worker import Worker
from onrecord.errors import LexiconError, ModelError
from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.model.event import CodedDocument
from onrecord.store.rows import report_of, report_row
from onrecord.store.tables import REPORTS

CODED = pa.schema(
    [
        ("doc_id", pa.string()),
        ("coded", pa.binary()),  # a CodedDocument as MessagePack, NULL when it failed
        ("stage", pa.string()),  # of the failure: understand or code
        ("error", pa.string()),
    ]
)
Result = CodedDocument | Rejected
PACKAGE = Path(__file__).resolve().parent.parent

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(CodedDocument)


def code_batch(reports: pa.RecordBatch, *, worker: Worker) -> pa.RecordBatch:
    """Return one row for each report, in order; a report that fails costs one row."""
    documents = read_batch(reports)
    return make_results((d, code_one(d, worker=worker)) for d in documents)


def code_one(document: Document, *, worker: Worker) -> Result:
    """Code one report; whatever goes wrong in it becomes a `Rejected`.

    Broken knowledge and a broken model are not the report's fault and are raised.
    """
    try:
        return worker(document)
    except (LexiconError, ModelError):
        raise
    except Exception as err:  # noqa: BLE001 - one bad report must cost one report
        return reject(document, stage=_stage(err), reason=_reason(err))


def reject(document: Document, *, stage: str, reason: str) -> Rejected:
    """Return the record of a report that could not be coded."""
    return make_rejected(
        file=document.file,
        position=document.position,
        stage=stage,
        reason=reason,
        source_id=document.source_id,
    )


def make_batch(documents: Iterable[Document]) -> pa.RecordBatch:
    """Return reports as an Arrow batch with the columns of table `reports`."""
    rows = [report_row(d, exact_id=None, run_id=None) for d in documents]
    return pa.RecordBatch.from_pylist(rows, schema=REPORTS)


def read_batch(batch: pa.RecordBatch) -> tuple[Document, ...]:
    """Return the reports of a batch."""
    return tuple(report_of(row) for row in batch.to_pylist())


def make_results(found: Iterable[tuple[Document, Result]]) -> pa.RecordBatch:
    """Return one row for each report and what came of it."""
    rows = [_result_row(document, result) for document, result in found]
    return pa.RecordBatch.from_pylist(rows, schema=CODED)


def read_results(
    batch: pa.RecordBatch, documents: Iterable[Document]
) -> Iterator[Result]:
    """Yield what `code_batch` found, for the same reports in the same order."""
    for row, document in zip(batch.to_pylist(), documents, strict=True):
        if row["coded"] is None:
            yield reject(document, stage=row["stage"], reason=row["error"])
        else:
            yield _decoder.decode(row["coded"])


def write_ipc(batch: pa.RecordBatch) -> bytes:
    """Return a batch as bytes of an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def read_ipc(raw: bytes) -> pa.RecordBatch:
    """Return the only batch of an Arrow stream."""
    with pa.ipc.open_stream(raw) as stream:
        return stream.read_next_batch()


def _result_row(document: Document, result: Result) -> dict[str, object]:
    match result:
        case CodedDocument() as coded:
            return {"doc_id": document.doc_id, "coded": _encoder.encode(coded)}
        case Rejected(stage=stage, reason=reason):
            return {"doc_id": document.doc_id, "stage": stage, "error": reason}


def _stage(err: Exception) -> str:
    frames = traceback.extract_tb(err.__traceback__)
    inside = [Path(f.filename) for f in frames if _is_ours(f.filename)]
    understanding = PACKAGE / "understand"
    return "understand" if inside and understanding in inside[-1].parents else "code"


def _reason(err: Exception) -> str:
    """Return what went wrong and where in the program, the same on every machine."""
    frames = traceback.extract_tb(err.__traceback__)
    ours = [f for f in frames if _is_ours(f.filename)] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    text = f"{type(err).__name__}: {err} ({where})"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_ours(filename: str) -> bool:
    """Tell whether a file is one of those that read reports, whatever engine runs."""
    parents = Path(filename).parents
    return PACKAGE in parents and PACKAGE / "engine" not in parents

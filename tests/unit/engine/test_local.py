import multiprocessing
from collections.abc import Iterator
from functools import partial

import pytest

from onrecord.engine.limits import Limits
from onrecord.engine.local import REPORTS_A_WORKER, code_documents
from onrecord.engine.worker import Worker
from onrecord.errors import ModelError
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from tests.support.reports import code, make_worker, report

# Spawned processes take half a second each, so few tests use them.


def texts(count: int) -> list[Document]:
    return [report(f"A met B {n}") for n in range(count)]


def no_model() -> Worker:
    raise ModelError("no model; install it")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    documents = texts(11)
    results = list(code_documents(documents, workers=workers, make_worker=make_worker))
    assert results == [code(d) for d in documents]


@pytest.mark.parametrize("workers", [1, 2])
def test_failing_report_costs_one_report(workers: int) -> None:
    documents = [report("A met B"), report("FAIL", position="row 2"), report("C met D")]
    first, second, third = code_documents(
        documents, workers=workers, make_worker=make_worker
    )
    assert isinstance(first, CodedDocument)
    assert isinstance(second, Rejected)
    assert isinstance(third, CodedDocument)
    assert (second.stage, second.file, second.position, second.source_id) == (
        "code",
        "reports.jsonl",
        "row 2",
        documents[1].source_id,
    )
    assert second.reason.startswith("ValueError: told to fail (reports.py:")


@pytest.mark.parametrize("workers", [1, 2])
def test_missing_model_stops_all(workers: int) -> None:
    with pytest.raises(ModelError, match="install it"):
        list(code_documents(texts(2), workers=workers, make_worker=no_model))


def test_report_that_kills_its_process_is_rejected() -> None:
    documents = [*texts(5), report("DIE"), *texts(12)[6:]]
    results = list(code_documents(documents, workers=2, make_worker=make_worker))
    bad = [r for r in results if isinstance(r, Rejected)]
    assert [r.source_id for r in bad] == [documents[5].source_id]
    assert bad[0].reason == "the process that read it ended with 9, twice"
    assert [r.document for r in results if isinstance(r, CodedDocument)] == [
        d for d in documents if "DIE" not in d.text
    ]


def test_only_what_keeps_the_workers_busy_is_read_ahead() -> None:
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for document in texts(400):
            taken += 1
            yield document

    make_slow = partial(make_worker, 0.001)
    results = code_documents(documents(), workers=2, make_worker=make_slow)
    for done, _ in enumerate(results, 1):
        assert taken - done <= REPORTS_A_WORKER * 2


def test_one_worker_reads_nothing_ahead() -> None:
    documents = iter(texts(3))
    next(code_documents(documents, workers=1, make_worker=make_worker))
    assert len(list(documents)) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_report_that_hangs_is_rejected_in_time(workers: int) -> None:
    documents = [*texts(3), report("HANG"), *texts(6)[3:]]
    results = list(
        code_documents(
            documents,
            workers=workers,
            make_worker=make_worker,
            limits=Limits(seconds=4.0),
        )
    )
    bad = [r for r in results if isinstance(r, Rejected)]
    assert [r.source_id for r in bad] == [documents[3].source_id]
    assert bad[0].reason == ("it took longer than 4 seconds, the limit for one report")
    assert [r for r in results if isinstance(r, CodedDocument)] == [
        code(d) for d in documents if "HANG" not in d.text
    ]


def test_stopped_process_is_replaced() -> None:
    results = code_documents(
        [report("STOP"), report("A met B")],
        workers=1,
        make_worker=make_worker,
        limits=Limits(seconds=4.0),
    )
    first, second = results
    assert isinstance(first, Rejected)
    assert "longer than 4 seconds" in first.reason
    assert isinstance(second, CodedDocument)


def test_report_that_eats_memory_is_rejected() -> None:
    documents = [report("A met B"), report("EAT"), report("C met D")]
    first, second, third = code_documents(
        documents,
        workers=1,
        make_worker=make_worker,
        limits=Limits(memory=600 * 2**20),
    )
    assert isinstance(first, CodedDocument)
    assert isinstance(second, Rejected)
    assert second.reason == "the process that read it ran out of its memory, twice"
    assert isinstance(third, CodedDocument)


def test_limits_change_no_result() -> None:
    documents = [*texts(5), report("FAIL")]
    limited = code_documents(
        documents,
        workers=1,
        make_worker=make_worker,
        limits=Limits(seconds=60.0, memory=2**34),
    )
    assert list(limited) == list(
        code_documents(documents, workers=1, make_worker=make_worker)
    )


def test_processes_end_when_nobody_wants_more() -> None:
    results = code_documents(texts(30), workers=2, make_worker=make_worker)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []

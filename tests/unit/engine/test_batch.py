from onrecord.engine.batch import (
    code_batch,
    make_batch,
    read_ipc,
    read_results,
    write_ipc,
)
from onrecord.model.document import Rejected
from tests.support.reports import code, make_worker, report


def test_batch_gives_one_row_a_report() -> None:
    documents = [report("A met B 5 😀\x00"), report("FAIL")]
    found = code_batch(make_batch(documents), worker=make_worker())
    assert found.column("doc_id").to_pylist() == [d.doc_id for d in documents]
    good, bad = read_results(found, documents)
    assert good == code(documents[0])
    assert isinstance(bad, Rejected)


def test_batch_survives_the_way_between_processes() -> None:
    batch = make_batch([report("A met B", date=None, outlet=None)])
    assert read_ipc(write_ipc(batch)) == batch

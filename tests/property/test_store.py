"""What holds for every set of reports, in any order, however batched."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.collapse import story_key
from onrecord.engine.run import run_reports
from onrecord.model.document import Document
from onrecord.store.verify import verify
from tests.support.reports import coder, report, snapshot

PURE = ("events", "event_parties", "statements", "quantities", "stories", "memberships")
BODIES = (
    "A met B and said 5.",
    "a met b, and said: 5",
    "A MET B AND SAID 5",
    "C did not met D 7 7",
    "c did not met d: 7 7",
    "FAIL here",
    "nothing",
)
DATES = (None, dt.date(2022, 1, 28), dt.date(2022, 1, 29))

documents = st.builds(
    report,
    st.sampled_from(BODIES),
    date=st.sampled_from(DATES),
    outlet=st.sampled_from(("Gazette", None)),
)


def tables_of(batches: list[list[Document]]) -> dict[str, list[Any]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        for number, batch in enumerate(batches):
            run = run_reports(path, batch, inputs=[str(number)], coder=coder())
            assert run.tally.sums
        assert list(verify(path)) == []
        tables = snapshot(path)
    return {table: tables[table] for table in PURE}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_order_and_batches_change_nothing(data: st.DataObject) -> None:
    reports = data.draw(st.lists(documents, min_size=1, max_size=8))
    shuffled = data.draw(st.permutations(reports))
    cut = data.draw(st.integers(0, len(shuffled)))
    assert tables_of([reports]) == tables_of([shuffled[:cut], shuffled[cut:]])


@given(st.text())
def test_key_of_a_key_is_itself(body: str) -> None:
    assert story_key(story_key(body)) == story_key(body)


@given(st.text(min_size=1))
def test_copy_with_other_white_space_has_the_same_key(body: str) -> None:
    assert story_key(f"\n {body}\r\n") == story_key(body)

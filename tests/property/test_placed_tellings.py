"""Tellings placed in parts, in any order, are those placed all at once in memory."""

import datetime as dt
from collections.abc import Iterator
from unittest import mock

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collapse import collapse_tellings, happenings
from onrecord.engine import place
from onrecord.model.happening import Profile, Status, Telling
from onrecord.store.query import rows
from onrecord.store.record import Record, Removal, open_record

DAY = dt.date(2019, 3, 4).toordinal()
WEIGHTS = {"any": -0.5, "meaning same": 1.0, "type same": 0.4}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("placed") / "record") as opened:
        yield opened


def some_profile(number: int, drawn: tuple[int, ...]) -> Profile:
    report, date, status, kind, said, place_, first, second = drawn
    start = DAY + said if said < 4 else None
    return Profile(
        telling_id=f"tel-{number * 7919 % 100:02}",
        doc_id=f"doc-{report}",
        date=DAY + report % 3 + (date == 3) if date else None,
        event_type=("CONSULT", "AGREE")[kind],
        status=list(Status)[status],
        modes=(),
        meanings=(("meet", "sign")[kind],),
        meaning_rarities=(1.0,),
        actors=(),
        actor_countries=(),
        recipients=(),
        recipient_countries=(),
        start=start,
        end=start,
        places=(("Oslo", "Lund")[place_ - 1],) if place_ else (),
        place_countries=(("NOR", "SWE")[place_ - 1],) if place_ else (),
        numbers=(("people", 5.0),) if kind else (),
        things=(kind, 7),
        thing_rarities=(1.0, 0.5),
        parties=(),
        topic=(1, 2),
        keys=tuple(sorted({first, second})),
    )


DRAWN = st.tuples(
    st.integers(0, 7), st.integers(0, 3), st.integers(0, 2), st.integers(0, 1),
    st.integers(0, 6), st.integers(0, 2), st.integers(-2, 2), st.integers(-2, 2),
)  # fmt: skip


def placed(record: Record) -> dict[str, Telling]:
    found = rows(record.connect("tellings"), "SELECT * EXCLUDE (version) FROM tellings")
    return {row["telling_id"]: msgspec.convert(row, Telling) for row in found}


def row_of(profile: Profile) -> dict[str, object]:
    numbers = [{"of": of, "value": value} for of, value in profile.numbers]
    return {**msgspec.to_builtins(profile), "numbers": numbers, "version": 2}


@settings(max_examples=10, deadline=None)
@given(
    st.lists(DRAWN, min_size=1, max_size=14),
    st.lists(st.integers(0, 2), min_size=14, max_size=14),
    st.integers(1, 3),
    st.integers(1, 4),
    st.integers(1, 6),
    st.sampled_from((3, 100)),
)
def test_placed_in_parts_is_placed_at_once(
    record: Record,
    drawn: list[tuple[int, ...]],
    batches: list[int],
    window: int,
    compared: int,
    near: int,
    at_once: int,
) -> None:
    profiles = [some_profile(number, one) for number, one in enumerate(drawn)]
    clear = [Removal(table, "doc_id", None) for table in ("profiles", "tellings")]
    record.commit(run=None, remove=clear)
    with (
        mock.patch.multiple(happenings, ENOUGH=0.5, WINDOW=window, COMPARED=compared),
        mock.patch.multiple(place, NEAR_AT_ONCE=near, PLACED_AT_ONCE=at_once),
    ):
        expected = collapse_tellings(profiles, WEIGHTS)
        for batch in range(3):
            pairs = zip(profiles, batches, strict=False)
            some = [row_of(profile) for profile, of in pairs if of == batch]
            record.commit(run=None, add={"profiles": some})
            while place.place_tellings(record, None, WEIGHTS):
                pass
    assert placed(record) == {one.telling_id: one for one in expected}

import datetime as dt

import msgspec
import pytest

from onrecord.show.views.cite_text import plain
from onrecord.show.views.claims import claims
from onrecord.show.views.claims_text import claims_lines
from onrecord.store.filters import Filters
from tests.support.briefs import EVENTS, REPORTS, make_brief_record
from tests.support.told import Told, write_record


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return make_brief_record(tmp_path_factory.mktemp("claims") / "rec")


def without_claim(folder, **changes):
    """Return a record whose denial is not known to deny a telling."""
    denied = msgspec.structs.replace(EVENTS[3], against=None, **changes)
    return write_record(folder, REPORTS, (EVENTS[0], denied))


def test_a_claim_stands_beside_its_denial(record):
    found = claims(record, Filters())
    assert (found.count, found.answered, found.alone) == (1, 1, 0)
    (claim,) = found.claims
    assert (claim.happening_id, claim.basis, claim.status) == (
        "hap-feared",
        "denied",
        "ahead",
    )
    (claimed,), (denied,) = claim.claimed, claim.denied
    assert (claimed.by, claimed.date) == (("officials",), dt.date(2022, 1, 10))
    assert claimed.cite.sentence.text == "Russia may attack Ukraine, officials said."
    assert (denied.by, denied.date) == (("Russia",), dt.date(2022, 1, 14))
    assert denied.cite.sentence.text == "Russia denied that it would attack Ukraine."
    assert (claimed.reports, denied.reports) == (1, 2)


def test_what_is_alike_is_named_as_no_more_than_that(tmp_path):
    found = claims(without_claim(tmp_path / "rec"), Filters())
    assert (found.count, found.answered, found.alone) == (1, 0, 1)
    (claim,) = found.claims
    assert (claim.happening_id, claim.basis) == ("hap-feared", "alike")
    lines = [plain(line) for line in claims_lines(found)]
    assert lines[0] == "1 denied = 0 with the claim they deny + 1 with none known"
    assert any("perhaps not what is denied" in line for line in lines)


def test_a_denial_of_what_nobody_claims_stands_alone(tmp_path):
    record = without_claim(tmp_path / "rec", event_type="COERCE")
    (claim,) = claims(record, Filters()).claims
    assert (claim.happening_id, claim.basis, claim.claimed) == (None, None, ())
    assert (claim.event_type, claim.actors) == ("COERCE", ("Russia",))


def test_denials_of_one_claim_are_one_row(tmp_path):
    again = Told(
        name="again",
        doc_id="undated",
        line=0,
        event_type="ASSAULT",
        trigger="attacked",
        happening="hap-again",
        factuality="denied",
        actors=("Russia",),
        recipients=("Ukraine",),
        against="feared",
    )
    record = write_record(tmp_path / "rec", REPORTS, (EVENTS[0], EVENTS[3], again))
    (claim,) = claims(record, Filters()).claims
    assert claim.denied_count == 2
    assert [side.date for side in claim.denied] == [dt.date(2022, 1, 14), None]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"by": ("Russia",)}, 1),
        ({"by": ("Chad",)}, 0),
        ({"since": dt.date(2022, 1, 14), "until": dt.date(2022, 1, 14)}, 1),
        ({"since": dt.date(2022, 1, 15)}, 0),
        ({"until": dt.date(2022, 1, 13)}, 0),
        ({"countries": ("UKR",)}, 1),
        ({"types": ("AID",)}, 0),
    ],
)
def test_filters_are_those_of_the_denial(filters, count, record):
    assert claims(record, Filters(**filters)).count == count


def test_both_sentences_stand_side_by_side(record):
    lines = [plain(line) for line in claims_lines(claims(record, Filters()), width=74)]
    assert lines == [
        "1 denied = 1 with the claim they deny + 0 with none known",
        "",
        " 1  ASSAULT · Russia → Ukraine",
        "claimed · 1 event                     denied · 1 event",
        "2022-01-10 · on the word of           2022-01-14 · on the word of Russia",
        "officials                               Russia denied that it would",
        "  Russia may «attack» Ukraine,          «attack» Ukraine.",
        "  officials said.                       denied · Herald · 2 reports ·",
        "  feared, possible or asked for ·       evt-denied",
        "  Gazette · 1 report · evt-feared",
    ]


def test_nothing_denied_is_an_answer(tmp_path):
    found = claims(write_record(tmp_path / "rec", REPORTS), Filters())
    assert [plain(line) for line in claims_lines(found)] == ["Nothing is denied."]

import datetime as dt

import pytest

from onrecord.errors import UsageError
from onrecord.show.views.cite_text import plain
from onrecord.show.views.stories import stories, story
from onrecord.show.views.stories_text import copies, count_line, linked, story_lines
from onrecord.store.filters import Filters
from tests.support.told import Report, Told, write_record

FIRST = """The minister demanded that troops leave the northern town on Monday.
Officials in the capital expect an answer from the government within two days."""
SPUN = """The minister demanded that soldiers leave the northern town on Monday.
Officials in the capital await a reply from the government within two days."""
REPORTS = (
    Report(doc_id="one", day=10, text=FIRST, title="Leave, he says"),
    Report(doc_id="same", day=12, text=FIRST, copies="one", relation="exact"),
    Report(
        doc_id="spun",
        day=11,
        text=SPUN,
        copies="one",
        relation="rewritten",
        outlet="Herald",
    ),
    Report(doc_id="next", day=13, text="Troops left the town.", outlet="Herald"),
)
EVENTS = (
    Told(
        name="demand",
        doc_id="one",
        line=0,
        event_type="REQUEST",
        trigger="demanded",
        happening="hap-1",
        actors=("minister",),
    ),
)
LINKS = ({"doc_id": "next", "of": "one", "kind": "update", "similarity": 0.4},)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories") / "rec"
    return write_record(folder, REPORTS, EVENTS, links=LINKS)


def test_a_row_counts_copies_by_relation_links_and_events(record):
    found = stories(record, Filters())
    assert (found.count, found.reports) == (2, 4)
    assert count_line(found) == "4 reports = 2 stories + 2 copies"
    first, second = found.stories
    assert (first.story_id, first.title) == ("sto-one", "Leave, he says")
    assert (first.reports, first.exact, first.near, first.rewritten) == (3, 1, 0, 1)
    assert (first.first, first.last) == (dt.date(2022, 1, 10), dt.date(2022, 1, 12))
    assert first.outlets == ("Gazette", "Herald")
    assert (first.updates, first.follows, first.events) == (1, 0, 1)
    assert (second.updates, second.follows, second.events) == (0, 1, 0)
    assert (copies(first), linked(first)) == ("1 exact, 1 rewritten", "1 update")
    assert (copies(second), linked(second)) == ("", "follows 1 other")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"types": ("REQUEST",)}, ["sto-one"]),
        ({"types": ("AID",)}, []),
        ({"since": dt.date(2022, 1, 12)}, ["sto-one", "sto-next"]),
        ({"since": dt.date(2022, 1, 13)}, ["sto-next"]),
        ({"until": dt.date(2022, 1, 10)}, ["sto-one"]),
        ({"stories": ("sto-ne",)}, ["sto-next"]),
        ({"since": dt.date(2022, 1, 13), "types": ("REQUEST",)}, []),
    ],
)
def test_filters_choose_stories(filters, found, record):
    rows = stories(record, Filters(**filters)).stories
    assert [row.story_id for row in rows] == found


def test_a_page_is_cut_and_all_are_counted(record):
    found = stories(record, Filters(), limit=1)
    assert (found.count, [row.story_id for row in found.stories]) == (2, ["sto-one"])


def test_the_reports_of_a_story_come_in_order_of_date(record):
    view = story(record, "one")
    assert [report.doc_id for report in view.reports] == ["one", "spun", "same"]
    (link,) = view.links
    assert (link.kind, link.direction, link.doc_id) == ("update", "to", "next")


def test_the_words_of_a_copy_that_depart_are_given_with_the_original_s(record):
    one, spun, same = story(record, "sto-one").reports
    assert (one.departures, same.departures) == (0, 0)
    told = [
        (drift.original and drift.original.text, drift.copy and drift.copy.text)
        for altered in spun.altered
        for drift in altered.drift
    ]
    assert ("troops", "soldiers") in told
    assert spun.departures == len(told)
    assert spun.altered[0].copy.text.startswith("The minister demanded")
    assert spun.altered[0].original[0].text.startswith("The minister demanded")


def test_a_story_is_told_with_its_departures_marked(record):
    lines = [plain(line) for line in story_lines(story(record, "sto-one"))]
    assert lines[0] == "Leave, he says"
    assert "linked: Herald, 2022-01-13: src-next updates it" in lines
    text = " ".join(line.strip() for line in lines)
    assert "«soldiers» [troops]" in text


def test_a_story_that_is_not_there_is_wrong_use(record):
    with pytest.raises(UsageError, match="no story 'sto-none'"):
        story(record, "sto-none")
    with pytest.raises(UsageError, match="several stories begin with 'sto-'"):
        story(record, "sto-")

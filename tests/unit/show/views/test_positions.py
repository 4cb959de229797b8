import datetime as dt

from onrecord.show.views.positions import positions
from onrecord.show.views.positions_shape import MoveKind
from onrecord.show.views.positions_text import (
    COLUMNS,
    positions_lines,
    positions_records,
    positions_rows,
)
from onrecord.store.filters import Filters


def moves(talks, **filters):
    found = positions(talks, Filters(**filters))
    return [move for issue in found.issues for move in issue.moves]


def test_the_demand_and_its_answers_are_one_issue_in_order_of_time(talks):
    (issue,) = positions(talks, Filters()).issues
    told = [(m.kind, m.actors, m.day.day) for m in issue.moves]
    assert told == [
        (MoveKind.DEMAND, ("Chad",), 10),
        (MoveKind.REJECT, ("Sudan",), 10),
        (MoveKind.OFFER, ("Norway",), 10),
        (MoveKind.ACCEPT, ("Sudan",), 14),
    ]
    assert "camps" in issue.words
    assert (issue.first.day, issue.last.day) == (10, 14)
    assert set(issue.parties) == {"Chad", "Norway", "Sudan"}


def test_answers_name_the_demand_they_answer(talks):
    demand, reject, offer, accept = moves(talks)
    assert (reject.answers, accept.answers) == (demand.move_id, demand.move_id)
    assert demand.answers is offer.answers is None


def test_the_demand_in_a_sentence_that_answers_it_is_no_move_of_its_own(talks):
    found = positions(talks, Filters())
    told = [*moves(talks), *found.others]
    assert [m.word for m in told if m.kind is MoveKind.DEMAND] == ["demanded"]


def test_copies_tell_no_moves_of_their_own(talks):
    demand = moves(talks)[0]
    assert (demand.reports, demand.cite.outlet) == (1, "Gazette")


def test_a_move_cites_its_sentence_and_the_statement_that_is_the_same(talks):
    demand = moves(talks)[0]
    assert demand.cite.sentence.text.startswith("Chad demanded that Sudan")
    assert demand.cite.event_id in demand.event_ids
    assert demand.statement_id.startswith("stm-")
    assert demand.event_type == "REQUEST"


def test_filters_choose_moves(talks):
    late = positions(talks, Filters(since=dt.date(2022, 1, 14)))
    assert late.issues == ()
    assert [m.kind for m in late.others] == [MoveKind.ACCEPT, MoveKind.CONCEDE]
    assert positions(talks, Filters(types=("PROTEST",))).others == ()


def test_two_runs_of_it_are_alike(talks):
    assert positions(talks, Filters()) == positions(talks, Filters())


def test_a_limit_counts_the_issues_it_leaves_out(talks):
    found = positions(talks, Filters(), limit=1)
    assert (len(found.issues), found.more, found.single) == (1, 0, 1)


def test_the_text_has_a_line_for_each_move_and_its_sentence(talks):
    lines = list(positions_lines(positions(talks, Filters())))
    assert lines[0].endswith("(2022-01-10 to 2022-01-14)")
    assert "  2022-01-10  DEMAND    Chad → Sudan" in lines
    assert any("ACCEPT    Sudan → Chad · answers Chad of" in line for line in lines)
    assert any("“Chad [demanded] that Sudan close" in line for line in lines)
    assert "MOVES THAT SHARE NO ISSUE (1)" in lines


def test_nothing_found_is_said(talks):
    found = positions(talks, Filters(types=("PROTEST",)))
    assert list(positions_lines(found)) == ["no moves found"]


def test_sheets_and_lines_have_every_move(talks):
    found = positions(talks, Filters())
    rows = list(positions_rows(found))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 5
    assert rows[-1][:2] == (None, None)
    assert [line["record"] for line in positions_records(found)] == ["issue", "move"]

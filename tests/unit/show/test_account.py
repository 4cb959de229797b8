from onrecord.model.run import Tally
from onrecord.show.account import account_line


def test_a_first_run_is_told_in_the_contracts_form():
    tally = Tally(
        read=212,
        coded=102,
        exact=101,
        rejected=9,
        stories=102,
        events=388,
        happened=143,
        planned=97,
        hypothetical=80,
        negated=28,
        denied=40,
    )
    assert tally.sums
    assert account_line(tally) == (
        "212 read = 203 coded + 9 rejected"
        " · 203 reports = 102 stories + 101 copies (101 exact)"
        " · 388 events: 143 happened, 97 planned, 80 hypothetical, 28 negated,"
        " 40 denied"
    )


def test_reports_known_before_are_a_part():
    assert account_line(Tally(read=5, known=5)) == (
        "5 read = 0 coded + 5 known + 0 rejected"
        " · 0 reports = 0 stories + 0 copies · 0 events"
    )


def test_reports_not_coded_yet_are_a_part_and_those_of_earlier_runs_stand_apart():
    tally = Tally(read=3, coded=1, pending=2, earlier=4, events=1, happened=1)
    assert account_line(tally) == (
        "3 read = 1 coded + 2 not coded yet + 0 rejected"
        " · 1 report = 1 story + 0 copies · 1 event: 1 happened"
        " · 4 left by an earlier run coded too"
    )


def test_large_numbers_are_set_apart():
    assert account_line(Tally(read=1_234_567, coded=1_234_567)).startswith(
        "1,234,567 read = 1,234,567 coded + 0 rejected · "
    )


def test_recoded_reports_are_told_apart() -> None:
    assert account_line(Tally(recoded=3)).endswith("· 3 recoded")
    some = account_line(Tally(recoded=3, recoded_failed=1))
    assert some.endswith("· 3 recoded = 2 coded anew + 1 rejected")

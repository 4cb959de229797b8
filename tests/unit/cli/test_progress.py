import sys

import pytest

from onrecord.cli import progress
from onrecord.engine.steps import Progress, Step


class Clock:
    """A clock that the test moves."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_a_line_every_few_seconds_where_there_is_no_terminal(clock, capsys):
    with progress.show_progress(quiet=False) as show:
        for second in range(1, 13):
            clock.now = float(second)
            show(Progress(Step.CODE, second * 100, 5000))
    assert capsys.readouterr().err == (
        "code: 500 of 5,000 reports, 100 a second, 5 s\n"
        "code: 1,000 of 5,000 reports, 100 a second, 10 s\n"
    )


def test_each_step_has_a_rate_of_its_own(clock, capsys):
    with progress.show_progress(quiet=False) as show:
        clock.now = 4.0
        show(Progress(Step.READ, 4000, None))
        clock.now = 6.0
        show(Progress(Step.CODE, 10, 20))
    assert capsys.readouterr().err == "code: 10 of 20 reports, 5 a second, 2 s\n"


def test_quiet_shows_nothing(capsys):
    with progress.show_progress(quiet=True) as show:
        assert show is None
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal_leaves_nothing_on_standard_output(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.show_progress(quiet=False) as show:
        show(Progress(Step.READ, 5, None))
        show(Progress(Step.CODE, 5, 10))
    assert capsys.readouterr().out == ""


def test_a_bar_has_the_rate_of_a_step_that_says_only_that_it_is_done(
    clock, capsys, monkeypatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown = []
    monkeypatch.setattr(
        "rich.progress.Progress.update",
        lambda self, task, **fields: shown.append(fields["rate"]),
    )
    with progress.show_progress(quiet=False) as show:
        clock.now = 10.0
        show(Progress(Step.READ, 100, None))
        clock.now = 15.0
        show(Progress(Step.CODE, 100, 100))
    assert shown == ["10/s", "20/s"]

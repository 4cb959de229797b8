"""What ends a watch."""

import signal
import time

import pytest

from onrecord.cli.watching import _stopping


@pytest.mark.parametrize(
    ("number", "interrupted"), [(signal.SIGINT, True), (signal.SIGTERM, False)]
)
def test_the_first_signal_ends_the_wait_and_the_second_all(number, interrupted, capfd):
    before = signal.getsignal(number)
    with _stopping() as stop:
        began = time.monotonic()
        stop.wait(0.01)
        assert not stop.is_set()
        signal.raise_signal(number)
        stop.wait(60.0)
        assert time.monotonic() - began < 30
        assert (stop.is_set(), stop.interrupted) == (True, interrupted)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert signal.getsignal(number) is before
    assert "once more ends it now" in capfd.readouterr().err

from onrecord.llm.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.time = 1_000.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


def times(clock: Clock, pace: Pace, *tokens: int) -> list[float]:
    left = []
    for count in tokens:
        pace.wait(count)
        left.append(clock.time - 1_000)
    return left


def test_requests_of_a_minute():
    clock = Clock()
    pace = Pace(requests=2, now=clock.now, sleep=clock.sleep)
    assert times(clock, pace, 1, 1, 1, 1, 1) == [0, 0, 60, 60, 120]


def test_tokens_of_a_minute():
    clock = Clock()
    pace = Pace(tokens=100, now=clock.now, sleep=clock.sleep)
    assert times(clock, pace, 60, 40, 10, 90) == [0, 0, 60, 60]


def test_a_request_larger_than_a_minute_leaves_alone():
    clock = Clock()
    pace = Pace(tokens=100, now=clock.now, sleep=clock.sleep)
    assert times(clock, pace, 500, 500) == [0, 60]


def test_a_busy_endpoint_is_left_alone():
    clock = Clock()
    pace = Pace(now=clock.now, sleep=clock.sleep)
    pace.hold(7)
    pace.hold(3)
    assert times(clock, pace, 1, 1) == [7, 7]

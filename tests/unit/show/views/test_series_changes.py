import math

import pytest

from onrecord.show.views.series_changes import dispersion, find_parts

np = pytest.importorskip("numpy")


def test_no_steps_have_no_parts():
    assert find_parts([]) == ()


@pytest.mark.parametrize("counts", [[0] * 30, [5] * 30, [3], [0]])
def test_a_steady_rate_is_one_part(counts):
    (part,) = find_parts(counts)
    assert (part.start, part.end, part.rate) == (0, len(counts), counts[0])
    assert part.gain == 0


def test_a_rise_and_a_fall_are_found_where_they_are():
    parts = find_parts([2, 3, 2, 2, 3, 12, 14, 11, 13, 1, 2, 3, 2])
    assert [(p.start, p.end) for p in parts] == [(0, 5), (5, 9), (9, 13)]
    assert [p.rate for p in parts] == [2.4, 12.5, 2.0]
    assert parts[1].gain > 10


def test_quiet_steps_before_a_burst_have_rate_zero():
    first, second = find_parts([0, 0, 0, 0, 0, 0, 9, 8, 9, 10])
    assert (first.rate, second.start, second.rate) == (0.0, 6, 9.0)


def test_one_loud_step_is_a_part_of_its_own():
    parts = find_parts([2, 3, 2, 3, 2, 40, 3, 2, 3, 2, 3])
    assert [(p.start, p.end) for p in parts] == [(0, 5), (5, 6), (6, 11)]


def test_the_parts_are_those_that_trying_all_finds():
    counts = [1, 4, 2, 9, 11, 8, 3, 2, 2, 3]
    spread = dispersion(np.asarray(counts, dtype=float))
    price = max(3.0, 1.5 * math.log(len(counts))) * spread

    def cost(part):
        return -sum(part) * math.log(max(sum(part), 1) / len(part))

    best = {0: (-price, [])}
    for end in range(1, len(counts) + 1):
        best[end] = min(
            (best[s][0] + cost(counts[s:end]) + price, [*best[s][1], s])
            for s in range(end)
        )
    found = [part.start for part in find_parts(counts)]
    assert found == best[len(counts)][1]


def test_few_series_without_a_change_get_one():
    random = np.random.default_rng(7)
    found = [len(find_parts(list(random.poisson(3, 30)))) > 1 for _ in range(200)]
    assert sum(found) <= 10


def test_a_rate_that_doubles_is_nearly_always_found():
    random = np.random.default_rng(7)
    series = [[*random.poisson(5, 30), *random.poisson(10, 30)] for _ in range(100)]
    assert sum(len(find_parts(counts)) == 2 for counts in series) >= 90


def test_counts_in_bursts_spread_more_than_poisson_counts():
    assert dispersion(np.array([0.0, 0.0])) == 1
    assert dispersion(np.array([3.0, 3.0, 3.0])) == 1
    assert dispersion(np.array([0.0, 8.0, 0.0, 8.0])) == 8

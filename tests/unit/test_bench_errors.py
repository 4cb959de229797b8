from types import SimpleNamespace

import pytest

from bench.quality.errors import find_errors


def over(a, b):
    return a[0] < b[1] and b[0] < a[1]


def match(gold, given, allowed, weight):
    pairs = [(i, j) for i, g in enumerate(gold) for j, p in enumerate(given)]
    return [(i, j) for i, j in pairs if allowed(gold[i], given[j])]


SCORER = SimpleNamespace(
    over=over,
    match=match,
    role_right=lambda gold, given, role: gold[role] == given[role],
    same_parties=lambda gold, given: gold == given,
)


def event(**cells):
    base = {
        "trig": (0, 5),
        "sent": (0, 9),
        "type": "ASSAULT",
        "fact": "happened",
        "unsure": False,
        "actor": ["Kenya"],
        "recipient": [],
        "by": [],
    }
    return base | cells


@pytest.mark.parametrize(
    ("gold", "given", "kinds"),
    [
        ([event()], [event()], []),
        ([event()], [], ["missed"]),
        ([event(unsure=True)], [], []),
        ([], [event()], ["false"]),
        ([event()], [event(type="COERCE")], ["type"]),
        ([event()], [event(actor=[], fact="planned")], ["actor", "factuality"]),
        ([event()], [event(by=["Kenya"])], ["by"]),
    ],
    ids=["right", "missed", "unsure", "false", "type", "cells", "source"],
)
def test_kinds_of_error(gold, given, kinds):
    found = find_errors(SCORER, "report", gold, given)
    assert [error.kind for error in found] == kinds

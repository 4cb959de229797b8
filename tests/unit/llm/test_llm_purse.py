import threading

import pytest

from onrecord.llm.purse import Prices, Purse, Spent, Use

PRICES = Prices(sent=1.0, received=4.0)  # a million


def test_what_tokens_cost():
    assert PRICES.cost(1_000_000, 500_000) == 3.0
    assert Prices().cost(1_000_000, 500_000) is None
    assert Prices(received=2.0).cost(7, 1_000_000) == 2.0


def spend(purse: Purse, foreseen: Use, used: Use) -> None:
    with purse.spend(foreseen) as now:
        now.sent, now.received = used.sent, used.received


def test_what_was_set_aside_and_not_used_is_given_back():
    purse = Purse(PRICES, tokens=100)
    for _ in range(9):
        spend(purse, Use(10, 10), Use(5, 5))
    with pytest.raises(Spent):
        spend(purse, Use(10, 10), Use(5, 5))


def test_money_counts_by_the_prices():
    purse = Purse(PRICES, amount=0.01)
    spend(purse, Use(1_000, 2_000), Use(1_000, 2_000))  # 0.009
    spend(purse, Use(1_000, 0), Use(0, 0))
    with pytest.raises(Spent):
        spend(purse, Use(1_001, 0), Use(0, 0))


def test_a_request_that_failed_costs_nothing():
    purse = Purse(PRICES, tokens=20)
    with pytest.raises(OSError), purse.spend(Use(10, 10)):
        raise OSError
    spend(purse, Use(10, 10), Use(1, 1))


def test_what_does_not_fit_waits_for_those_on_their_way():
    purse = Purse(PRICES, tokens=30)
    began, done = threading.Event(), []

    def second() -> None:
        began.set()
        spend(purse, Use(20, 0), Use(1, 0))
        done.append("second")

    with purse.spend(Use(20, 0)) as used:
        used.sent = 5
        thread = threading.Thread(target=second, daemon=True)
        thread.start()
        began.wait(10)
        done.append("first")
    thread.join(10)
    assert done == ["first", "second"]


def test_without_a_budget_all_is_spent():
    purse = Purse(Prices())
    spend(purse, Use(10**12, 10**12), Use(10**12, 10**12))
    spend(purse, Use(10**12, 10**12), Use(10**12, 10**12))

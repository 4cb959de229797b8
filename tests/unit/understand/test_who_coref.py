"""The choice among what a pronoun may stand for."""

from onrecord.model.annotation import Nominal, NominalKind
from onrecord.model.span import Span
from onrecord.understand.who_coref import Option, likeliest
from onrecord.understand.who_phrase import Phrase


def phrase(head: int, name: str) -> Phrase:
    nominal = Nominal(
        sentence=0,
        head=head,
        span=Span(head, head + 1),
        kind=NominalKind.COUNTRY,
        name=name,
        entity_id=name,
        basis="lexicon",
    )
    return Phrase(nominal=nominal, noun=name)


NORWAY = phrase(1, "Norway")
SWEDEN = phrase(3, "Sweden")
SWEDEN_AGAIN = phrase(5, "Sweden")


def test_the_phrase_with_the_greatest_weight_is_chosen() -> None:
    options = (Option(NORWAY, ("near",)), Option(SWEDEN, ("far",)), Option(None, ()))
    assert likeliest(options, {"near": 2.0, "far": 1.0}, 0.0) is NORWAY


def test_mentions_of_one_entity_add_up_and_the_likelier_is_returned() -> None:
    options = (
        Option(NORWAY, ("a",)),
        Option(SWEDEN, ("b",)),
        Option(SWEDEN_AGAIN, ("c",)),
    )
    weights = {"a": 1.0, "b": 0.6, "c": 0.7}
    assert likeliest(options, weights, 0.0) is SWEDEN_AGAIN


def test_below_the_least_share_a_pronoun_stays_open() -> None:
    options = (Option(NORWAY, ()), Option(SWEDEN, ()))
    assert likeliest(options, {}, 0.51) is None
    assert likeliest(options, {}, 0.49) is NORWAY


def test_it_is_nobody_when_that_is_as_likely_as_all_others() -> None:
    options = (Option(NORWAY, ()), Option(None, ("none",)))
    assert likeliest(options, {"none": 1.0}, 0.0) is None


def test_shares_are_among_those_who_can_be_meant() -> None:
    options = (Option(NORWAY, ()), Option(None, ("none",)))
    assert likeliest(options, {"none": -0.1}, 0.99) is NORWAY

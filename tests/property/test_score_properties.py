"""What must hold of scores for any gold and anything given."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.span import Span
from onrecord.score.counting import Overlap
from onrecord.score.floors import name_figures
from onrecord.score.scoring import LAYERS, score
from onrecord.score.shapes import Act, Report, Said, Who

TYPES = ("ASSAULT", "COERCE", "AID")
FACTS = ("happened", "planned", "denied", None)
SPANS = st.builds(
    lambda start, size: Span(start, start + size),
    st.integers(0, 20),
    st.integers(1, 6),
)
PARTIES = st.none() | st.lists(
    st.builds(
        Who,
        st.sampled_from(("TCD", "MLI", None)),
        st.lists(st.sampled_from(("chad", "mali", "he")), max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)
ACTS = st.builds(
    Act,
    trigger=SPANS,
    sentence=st.none() | SPANS,
    event_type=st.sampled_from(TYPES),
    factuality=st.sampled_from(FACTS),
    actors=PARTIES,
    recipients=PARTIES,
    sources=PARTIES,
    unsure=st.booleans(),
)
SAIDS = st.builds(Said, cue=SPANS, speaker=st.none() | SPANS, unsure=st.booleans())


@st.composite
def sides(draw):
    keys = draw(st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7))
    return tuple(
        Report(
            keys=(key,),
            events=tuple(draw(st.lists(ACTS, max_size=4))),
            statements=tuple(draw(st.lists(SAIDS, max_size=3))),
        )
        for key in keys
    )


@given(sides(), sides())
@settings(deadline=None, max_examples=60)
def test_figures_are_shares_and_counts_are_bounded(gold, ours):
    scores = score(gold, ours, layers=LAYERS)
    assert all(-1 <= value <= 100 + 1e-9 for value in name_figures(scores).values())
    overlaps = [scores.events.found, scores.events.typed] if scores.events else []
    for overlap in (*overlaps, *(scores.events.by_type.values() if overlaps else ())):
        assert isinstance(overlap, Overlap)
        assert overlap.right <= min(overlap.given, overlap.gold)


@given(sides())
@settings(deadline=None, max_examples=60)
def test_what_is_gold_is_wholly_right(gold):
    scores = score(gold, gold, layers=LAYERS)
    assert scores.coverage.silent == ()
    if scores.events and scores.events.found.gold:
        assert scores.events.found.f == scores.events.typed.f == 100


@given(sides(), sides(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_reports_changes_nothing(gold, ours, random):
    one = score(gold, ours, layers=LAYERS)
    mixed_gold, mixed = list(gold), list(ours)
    random.shuffle(mixed_gold)
    random.shuffle(mixed)
    assert score(mixed_gold, mixed, layers=LAYERS) == one


@given(sides(), sides(), sides())
@settings(deadline=None, max_examples=30)
def test_reports_that_gold_does_not_have_change_no_figure(gold, ours, others):
    renamed = tuple(
        Report(keys=(f"x{r.key}",), events=r.events, statements=r.statements)
        for r in others
    )
    one = score(gold, ours, layers=LAYERS)
    other = score(gold, (*ours, *renamed), layers=LAYERS)
    assert (other.events, other.statements) == (one.events, one.statements)

import msgspec

from bench.quality.told_twice import count, mentions_of, show
from bench.quality.told_twice_counts import (
    Found,
    Mention,
    Pairs,
    Told,
    align,
    count_pairs,
    missed_merges,
    wrong_merges,
)
from onrecord.model.span import Span

SENTENCE = Span(0, 50)


def mention(report, start, end, happening="h", kind="ASSAULT"):
    return Mention(
        report=report,
        span=Span(start, end),
        text="words",
        happening=happening,
        event_type=kind,
        status="happened",
    )


def told(event_id, report, start, end, kind="ASSAULT", sentence=SENTENCE, of="x"):
    return Told(
        event_id=event_id,
        report=report,
        trigger=Span(start, end),
        sentence=sentence,
        event_type=kind,
        status="happened",
        happening=of,
    )


def found(report, start, label, program):
    event_id = f"{report}{start}"
    return Found(
        mention(report, start, start + 5, label),
        told(event_id, report, start, start + 5, of=program),
    )


def events_of(pairs):
    return [(f.mention.span.start, f.told.event_id) for f in pairs]


def test_words_that_overlap_in_one_report_are_aligned():
    events = [told("e", "a", 14, 20), told("f", "b", 10, 15)]
    assert events_of(align([mention("a", 10, 15)], events)) == [(10, "e")]


def test_words_that_only_touch_are_not_aligned():
    assert align([mention("a", 10, 15)], [told("e", "a", 15, 20)]) == ()


def test_mention_outside_the_event_s_sentence_is_not_aligned():
    event = told("e", "a", 10, 15, sentence=Span(0, 14))
    assert align([mention("a", 10, 15)], [event]) == ()


def test_of_two_events_on_a_trigger_the_one_of_the_same_type_is_taken():
    events = [told("e", "a", 10, 15, "AID"), told("f", "a", 14, 15)]
    assert events_of(align([mention("a", 10, 15)], events)) == [(10, "f")]


def test_of_two_events_of_one_type_the_one_that_shares_more_is_taken():
    events = [told("e", "a", 14, 15), told("f", "a", 10, 13)]
    assert events_of(align([mention("a", 10, 15)], events)) == [(10, "f")]


def test_one_event_is_aligned_with_one_mention_only():
    mentions = [mention("a", 10, 15), mention("a", 16, 20)]
    assert events_of(align(mentions, [told("e", "a", 12, 20)])) == [(16, "e")]


PAIRS = (
    found("a", 0, "raid", "1"),
    found("a", 10, "raid", "1"),
    found("b", 0, "raid", "2"),
    found("b", 10, "talks", "1"),
)
LABELLED = (*(f.mention for f in PAIRS), mention("b", 30, 35, "raid"))


def test_pairs_of_two_reports_are_counted():
    assert count_pairs(PAIRS, LABELLED, across=True) == Pairs(
        merged=2, right=0, due=2, labelled=4
    )


def test_all_pairs_are_counted():
    assert count_pairs(PAIRS, LABELLED, across=False) == Pairs(
        merged=3, right=1, due=3, labelled=6
    )


def test_wrong_and_missed_merges_are_told_apart():
    starts = [
        [
            (a.mention.report, a.mention.span.start, b.mention.span.start)
            for a, b in kind
        ]
        for kind in (wrong_merges(PAIRS), missed_merges(PAIRS))
    ]
    assert starts == [[("a", 0, 10), ("a", 10, 10)], [("a", 0, 0), ("a", 10, 0)]]


def test_all_figures_are_given_and_shown():
    figures = count(PAIRS, LABELLED)
    assert {
        k: figures[k] for k in ("labelled", "found", "type", "status", "mixed")
    } == {
        "labelled": 5,
        "found": 4,
        "type": 4,
        "status": 4,
        "mixed": 0,
    }
    assert "precision        33.3 (1 of 3)" in show(figures)


def test_claim_merged_with_its_denial_is_counted_apart():
    denied = mention("b", 0, 5, "no raid")
    denied = msgspec.structs.replace(denied, status="not_so")
    event = told("e", "b", 0, 5, of="1")
    assert count((PAIRS[0], Found(denied, event)), ())["mixed"] == 1


def test_labels_are_read_with_the_story_in_their_name():
    row = {
        "id": "tt00",
        "happenings": [
            {
                "name": "raid",
                "type": "ASSAULT",
                "status": "happened",
                "mentions": [{"report": "a", "start": 0, "end": 5, "text": "words"}],
            }
        ],
    }
    assert list(mentions_of(row)) == [mention("a", 0, 5, "tt00 raid")]

"""What a good answer comes to, cell by cell."""

import datetime as dt

import msgspec
import pytest

from onrecord.llm.account import Asked
from onrecord.llm.answer import read_answer
from onrecord.llm.door import let_in
from onrecord.llm.pieces import Piece
from onrecord.model.event import CodedDocument, WhenBasis
from onrecord.pipeline import code
from tests.support.llmcases import GOOD, SAID, TEXT
from tests.support.llmmodel import answer_of

LONGER = (
    "Russia said on Thursday that it had moved about 300 soldiers to Belarus.\n\n"
    "“We will not attack,” Foreign Minister Sergei Lavrov told reporters in Minsk."
    " The United States and NATO warned Russia of sanctions if it attacks Ukraine."
)


@pytest.fixture
def enter(annotate, kit):
    """Let an answer in; return what was coded and what was dropped."""

    def enter(text: str, **answer: object) -> tuple[CodedDocument, Asked]:
        adoc = annotate(text)
        read = read_answer(msgspec.json.encode({"events": [], **answer}).decode())
        asked = Asked(doc_id="doc")
        piece = Piece(0, len(adoc.sentences))
        coded = let_in(adoc, [(piece, read)], kit=kit, rule="llm/m", asked=asked)
        return coded, asked

    return enter


def test_each_cell_cites_the_words_that_were_quoted(enter):
    coded, asked = enter(TEXT, events=[GOOD])
    (event,) = coded.events
    assert event.trigger.of(TEXT) == "accused"
    assert event.mode is not None
    assert (event.mode.value, event.mode.spans[0].of(TEXT)) == ("allege", "accused")
    assert [(c.value, c.spans[0].of(TEXT)) for c in event.contexts] == [
        ("intelligence", "spying")
    ]
    assert [(p.span.of(TEXT), p.name, p.country) for p in event.actors] == [
        ("Chad", "Chad", "TCD")
    ]
    assert [(p.span.of(TEXT), p.country) for p in event.recipients] == [("Mali", "MLI")]
    assert event.rule == event.event_type.rule == "llm/m"
    assert event.confidence == 0.5
    assert not asked.dropped


def test_who_is_meant_is_ours_to_say(enter):
    claimed = {**GOOD, "actors": [{"words": "Chad", "country": "ROU"}]}
    coded, asked = enter(TEXT, events=[claimed])
    assert [p.country for p in coded.events[0].actors] == ["TCD"]
    assert asked.countries == {"other": 1, "same": 1}


def test_a_time_is_resolved_from_its_words(enter):
    (event,) = enter(TEXT, events=[GOOD])[0].events
    assert event.when is not None
    assert (event.when.start, event.when.basis) == (
        dt.date(2021, 3, 8),
        WhenBasis.TEXT,
    )
    assert [s.of(TEXT) for s in event.when.spans] == ["Monday"]


def test_without_words_of_time_what_happened_has_the_reports_date(enter):
    (event,) = enter(TEXT, events=[{**GOOD, "when": None}])[0].events
    assert event.when is not None
    assert event.when.basis is WhenBasis.PUBLICATION
    planned = {"value": "planned", "words": "accused"}
    ahead = {**GOOD, "when": None, "factuality": planned}
    (event,) = enter(TEXT, events=[ahead])[0].events
    assert event.when is None


def test_of_equal_words_the_nearest_to_the_trigger_count(enter):
    event = {**GOOD, "nth": 2, "recipients": [{"words": "it", "country": None}]}
    coded, _ = enter(TEXT, events=[event])
    (coded_event,) = coded.events
    assert coded_event.trigger.start == TEXT.rindex("accused")
    assert [p.span.start for p in coded_event.recipients] == [TEXT.index("it of")]


def test_without_a_factuality_that_passes_our_own_cues_decide(enter):
    text = "Chad did not accuse Mali of spying."
    event = {**GOOD, "trigger": "accuse", "mode": None, "when": None}
    wrong = {**event, "factuality": {"value": "happened", "words": "certainly"}}
    (coded,) = enter(text, events=[wrong])[0].events
    assert coded.factuality.value == "negated"
    assert coded.factuality.spans[0].of(text) == "not"
    assert coded.factuality.rule.startswith("cues/")


def test_nobody_stands_on_both_sides(enter):
    both = {**GOOD, "recipients": GOOD["actors"]}
    coded, asked = enter(TEXT, events=[both])
    assert coded.events[0].recipients == ()
    assert asked.dropped == {("recipients", "repeated"): 1}


def test_a_statement_holds_the_events_of_its_content(enter):
    text = "Mali said Chad accused it of lies."
    event = {**GOOD, "contexts": [], "when": None, "recipients": []}
    said = {**SAID, "sentence": 0}
    content = [{"sentence": 0, "words": "Chad accused it of lies"}]
    coded, _ = enter(text, events=[event], statements=[{**said, "content": content}])
    (statement,) = coded.statements
    assert statement.events == (coded.events[0].event_id,)
    assert statement.speaker.span.of(text) == "Mali"
    assert statement.form == "indirect"


def test_whether_it_is_quoted_is_seen_in_the_text(enter):
    said = {
        **SAID,
        "speaker": {"words": "Foreign Minister Sergei Lavrov", "country": "RUS"},
        "cue": "told",
        "content": [{"sentence": 1, "words": "We will not attack"}],
        "venue": "told reporters",
    }
    coded, asked = enter(LONGER, statements=[said])
    assert not asked.dropped
    (statement,) = coded.statements
    assert statement.form == "direct"
    assert statement.venue is not None
    assert statement.venue.of(LONGER) == "told reporters"


def test_what_this_program_codes_comes_through_unchanged(annotate, kit, enter):
    """Our own coding, told as a model would tell it, must be let in as it is."""
    adoc = annotate(LONGER)
    own = code(adoc, kit=kit)
    answer = answer_of(own, adoc.sentences, range(len(adoc.sentences)))
    coded, asked = enter(LONGER, **answer)
    assert not asked.dropped
    assert [e.event_id for e in coded.events] == [e.event_id for e in own.events]
    cells = ("actors", "recipients", "when", "where", "quantities", "condition")
    for ours, let in zip(own.events, coded.events, strict=True):
        assert ours.factuality.value == let.factuality.value
        for cell in (*cells, "attribution", "historical"):
            assert getattr(ours, cell) == getattr(let, cell), cell
    assert [s.statement_id for s in coded.statements] == [
        s.statement_id for s in own.statements
    ]


def test_mentions_of_one_happening_share_their_telling(enter):
    again = {**GOOD, "nth": 2, "actors": [], "recipients": [], "when": None}
    coded, _ = enter(TEXT, events=[again, GOOD])
    first, second = coded.events
    assert first.trigger < second.trigger
    assert first.telling_id is not None
    assert second.telling_id is not None

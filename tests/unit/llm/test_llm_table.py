"""Each answer of the table, and what becomes of it."""

import pytest

from tests.support.llmcases import CASES, KEY, MORE, Outcome

ACCUSED = ("ACCUSE ('accused')",)
CODED = Outcome(events=ACCUSED)
WHOLE = Outcome(events=ACCUSED, statements=1)
NOT_JSON = "llm: the answer is not the JSON that was asked for"
NOT_PROTOCOL = "llm: what came is no answer of the protocol"
TOO_MUCH = "llm: more than 2,097,152 bytes came"


def without(dropped: str, **fields) -> Outcome:
    """Return the event without a cell."""
    return Outcome(events=ACCUSED, dropped=(f"1 {dropped}",), **fields)


def no_event(reason: str) -> Outcome:
    return Outcome(dropped=(f"1 event {reason}",))


EXPECTED = {
    "A good answer": WHOLE,
    "A good answer between other words": WHOLE,
    "No events": Outcome(),
    "Keys that nobody asked for, beside": CODED,
    "Not JSON": Outcome(rejected=NOT_JSON),
    "JSON with other keys": Outcome(rejected=NOT_JSON),
    "A list, not an object": Outcome(rejected=NOT_JSON),
    "JSON 100,000 lists deep": Outcome(rejected=NOT_JSON),
    "Nothing": Outcome(rejected="llm: the answer is empty"),
    "No message": Outcome(rejected="llm: the answer is empty"),
    "An HTML page, status 200": Outcome(rejected=NOT_PROTOCOL),
    "Bytes that are no text": Outcome(rejected=NOT_PROTOCOL),
    "An answer packed with gzip, which nobody asked for": Outcome(
        rejected=NOT_PROTOCOL
    ),
    "50 MB": Outcome(rejected=TOO_MUCH),
    "A stream without end": Outcome(rejected=TOO_MUCH),
    "A byte now and then": Outcome(
        rejected="llm: no whole answer within 0.4 seconds, 4 times", requests=4
    ),
    "An event that is no object": without("event malformed"),
    "A trigger that is a number": no_event("malformed"),
    "A sentence's number in words": no_event("malformed"),
    "A sentence's number of 400 digits": no_event("no_such_sentence"),
    "Actors that are a number": without("actors malformed"),
    "One actor of two that is a number": without("actors malformed"),
    "10,000 events, all the same": Outcome(
        events=ACCUSED,
        dropped=(
            "23 event repeated",
            "9,976 event too_many",
            "24 factuality malformed",
        ),
    ),
    "The same event twice": without("event repeated"),
    "An instruction in the report, obeyed": no_event("not_in_text"),
    "A trigger that is not in the text": no_event("not_in_text"),
    "A trigger in another form": no_event("not_in_text"),
    "Half a word": no_event("not_in_text"),
    "Words joined from two places": no_event("not_in_text"),
    "A clause as the trigger": no_event("too_long"),
    "An actor that is not in the text": without("actors not_in_text"),
    "Words of another sentence": no_event("not_in_text"),
    "A sentence that was not sent": Outcome(dropped=("2 event no_such_sentence",)),
    "The second of two equal words": CODED,
    "The seventh of two equal words": no_event("which_of_several"),
    "White space and quotation marks of another kind": CODED,
    "A type that is none": no_event("unknown_code"),
    "A mode that is none": without("mode unknown_code"),
    "A mode of another type": without("mode unknown_code"),
    "A factuality that is none": without("factuality unknown_code"),
    "A factuality without words": without("factuality not_in_text"),
    "Another country for a party": without("country claim differs"),
    "A time that is none": without("when no_time"),
    "A place that is none": without("where no_place"),
    "A number that is none": without("numbers no_number"),
    "A source whose cue is the trigger": without("by own_words"),
    "A statement without content in the text": Outcome(
        dropped=("1 content not_in_text", "1 statement not_in_text")
    ),
    "A statement whose content holds its cue": Outcome(
        dropped=("1 content own_words", "1 statement not_in_text")
    ),
    "A statement whose cue is its speaker": Outcome(dropped=("1 statement own_words",)),
    "A lone surrogate in the words": without("event not_in_text"),
    "Control characters in the words": no_event("not_in_text"),
    "An answer cut off at its longest": Outcome(
        events=ACCUSED, statements=1, requests=3
    ),
    "400, naming response_format, then good": Outcome(
        events=ACCUSED, statements=1, requests=2
    ),
    "400 three times, naming what it does not take, then good": Outcome(
        events=ACCUSED, statements=1, requests=4
    ),
    "400": Outcome(rejected="llm: the endpoint answers 400: the prompt is too long"),
    "401": Outcome(
        ended="the endpoint answers 401: Incorrect API key provided: ***; check"
        " address, model and key"
    ),
    "403": Outcome(
        ended="the endpoint answers 403: not for you; check address, model and key"
    ),
    "404": Outcome(
        ended="the endpoint answers 404: the model `m` does not exist; check address,"
        " model and key"
    ),
    "429 with Retry-After, then good": Outcome(
        events=ACCUSED, statements=1, requests=2
    ),
    "429 without end": Outcome(ended="the endpoint answers 429, 4 times", requests=4),
    "429, in an hour again": Outcome(
        ended="the endpoint answers 429: wait 3,600 seconds"
    ),
    "500, then good": Outcome(events=ACCUSED, statements=1, requests=2),
    "500 without end": Outcome(
        rejected="llm: the endpoint answers 500, 4 times", requests=4
    ),
    "A redirect to another host": Outcome(
        ended="it leads to https://elsewhere.example/v1; name that address if you"
        " trust it"
    ),
    "Tokens that cannot be": WHOLE,
    "No account of tokens": WHOLE,
}
# The library words it: only what becomes of it is expected.
ROUGHLY = {
    "The connection closed half-way": "llm: the connection broke",
}


def test_every_answer_of_the_table_is_tested():
    assert set(CASES) == set(EXPECTED) | set(ROUGHLY)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_becomes_of_an_answer(name, trial):
    outcome = trial.run(CASES[name])
    assert outcome == EXPECTED[name]
    assert KEY not in str(outcome)


@pytest.mark.parametrize("name", ROUGHLY)
def test_what_becomes_of_a_broken_answer(name, trial):
    outcome = trial.run(CASES[name])
    assert outcome.rejected is not None
    assert outcome.rejected.startswith(ROUGHLY[name])
    assert outcome.requests == 4


def test_an_endpoint_where_nobody_listens_ends_the_run(trial):
    outcome = MORE["Nobody listens"](trial)
    assert outcome.ended is not None
    assert outcome.ended.startswith("no connection (")


def test_three_failures_in_a_row_end_the_run(trial):
    outcome = MORE["Three reports in a row that fail"](trial)
    assert outcome.ended is not None
    assert outcome.ended.startswith("3 reports in a row failed")
    assert outcome.requests == 3


def test_an_order_in_a_report_gets_no_further_than_its_own_words(trial):
    """What such a report can do is have its order coded, citing the order."""
    other = MORE["A report that orders an event, obeyed in other words"](trial)
    assert other == no_event("not_in_text")
    own = MORE["A report that orders an event, obeyed in its words"](trial)
    assert own.events == ("ASSAULT ('bombed')",)
    assert own.dropped == (
        "1 contexts not_in_text",
        "1 factuality not_in_text",
    )

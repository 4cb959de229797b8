from onrecord.show.explanation import Words, explain_event
from onrecord.show.marks import plain_marks
from tests.support.lines import build_event, build_party, build_span


def cell(explanation, label):
    (found,) = [c for c in explanation.cells if c.label == label]
    return found


def test_the_words_of_every_cell_are_marked():
    source = build_party(
        "officials", "officials", anonymous=True, cue=build_span("said")
    )
    number = {
        **build_span("5,000 troops"),
        "value": 5000.0,
        "low": None,
        "high": None,
        "of": "troop",
        "modifier": "exact",
    }
    explanation = explain_event(build_event(attribution=[source], quantities=[number]))
    assert plain_marks(explanation.segments) == (
        "[actor: Russia] [type, factuality: demanded] guarantees, [by: officials]"
        " [cue: said], or [quantity: 5,000 troops] would go."
    )
    assert cell(explanation, "by").value == "officials, not named"
    assert cell(explanation, "quantity").value == "5,000 troop, exact"


def test_each_cell_names_the_rule_or_basis_that_read_it():
    explanation = explain_event(build_event())
    assert cell(explanation, "type").rule == "frames/request.demand#1"
    assert cell(explanation, "actor").rule == "lexicon"
    assert cell(explanation, "actor").value == "Russia (RUS, GOV)"


def test_words_that_a_pronoun_stands_for_are_named_with_their_place():
    earlier = {"start": 3, "end": 9, "text": "Moscow"}
    actor = build_party("Russia", "Russia", country="RUS", antecedent=earlier)
    explanation = explain_event(build_event(actors=[actor]))
    assert cell(explanation, "actor").words == (Words("Russia"),)
    assert cell(explanation, "actor").through == (Words("Moscow", 3),)


def test_words_that_only_help_are_not_marked():
    actor = build_party("Russia", "Russia", antecedent=build_span("officials"))
    segments = explain_event(build_event(actors=[actor])).segments
    assert plain_marks(segments).startswith("[actor: Russia] [type, factuality: demand")
    assert "officials said" in plain_marks(segments)


def test_the_day_of_publication_is_called_that():
    when = {
        "from": "2022-01-29",
        "to": "2022-01-29",
        "basis": "publication",
        "granularity": "day",
        "spans": [],
    }
    when_cell = cell(explain_event(build_event(when=when)), "when")
    assert (when_cell.value, when_cell.words, when_cell.rule) == (
        "2022-01-29 (day)",
        (),
        "the day of publication",
    )


def test_an_event_nobody_is_named_for_stands_on_the_report_itself():
    assert cell(explain_event(build_event()), "by").value == "the report itself"

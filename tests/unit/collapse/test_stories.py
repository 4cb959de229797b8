from unittest.mock import patch

import pytest

from onrecord.collapse import collapse, copy_lines, lexemes
from onrecord.model.document import Document
from onrecord.model.story import LinkKind, Relation
from tests.support.stories import (
    APART,
    DENIED,
    OTHER_NUMBER,
    PAGE,
    SHORT,
    SPUN,
    TYPED,
    WIRE,
    WORDS,
    place,
    tell,
)


def relations(*documents: Document) -> list[tuple[str, str | None]]:
    collapsed, _ = collapse(documents, WORDS)
    places = {m.doc_id: m for m in collapsed.memberships}
    return [(places[d.doc_id].relation, places[d.doc_id].of) for d in documents]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        pytest.param(WIRE.upper(), Relation.EXACT, id="case"),
        pytest.param(TYPED, Relation.NEAR, id="typing"),
        pytest.param(SHORT, Relation.NEAR, id="excerpt"),
        pytest.param(SPUN, Relation.REWRITTEN, id="synonyms"),
    ],
)
def test_copy_is_found(text: str, relation: Relation) -> None:
    original, copy = tell(WIRE, 1), tell(text, 2)
    assert relations(original, copy) == [
        (Relation.ORIGINAL, None),
        (relation, original.doc_id),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(OTHER_NUMBER, LinkKind.UPDATE, id="number"),
        pytest.param(DENIED, LinkKind.CONTRADICTION, id="not"),
        pytest.param(
            WIRE.replace("criticised", "praised"), LinkKind.CONTRADICTION, id="opposite"
        ),
        pytest.param(WIRE.replace("Karsk", "Dolmi"), LinkKind.UPDATE, id="name"),
    ],
)
def test_what_says_something_else_is_linked_and_no_copy(
    text: str, kind: LinkKind
) -> None:
    original, other = tell(WIRE, 1), tell(text, 2)
    placed = place([[original, other]])[other.doc_id]
    assert placed.relation is Relation.ORIGINAL
    assert [(of, how) for of, how, _ in placed.links] == [(original.doc_id, kind)]


def test_report_with_news_beside_is_no_copy() -> None:
    longer = f"{WIRE} {APART}"
    placed = place([[tell(WIRE, 1), tell(longer, 2)]])[tell(longer, 2).doc_id]
    assert placed.relation is Relation.ORIGINAL
    assert [how for _, how, _ in placed.links] == [LinkKind.CONTAINS]


def test_two_reports_in_one_are_a_copy_of_the_larger_part() -> None:
    first, second, both = tell(WIRE, 1), tell(APART, 1), tell(f"{WIRE} {APART}", 2)
    placed = place([[first, second, both]])[both.doc_id]
    assert (placed.relation, placed.original) == (Relation.NEAR, first.doc_id)
    assert placed.links[0][:2] == (second.doc_id, LinkKind.PARTLY)


def test_copy_goes_to_the_report_whose_number_it_has() -> None:
    source, other = tell(WIRE, 1), tell(OTHER_NUMBER, 1)
    copy = tell(SPUN.replace("1,450", "1,750"), 2)
    assert relations(source, other, tell(SPUN, 2), copy)[2:] == [
        (Relation.REWRITTEN, source.doc_id),
        (Relation.REWRITTEN, other.doc_id),
    ]


def test_copy_without_the_sentence_that_differs_goes_to_the_older() -> None:
    source, other = tell(WIRE, 1), tell(f"{DENIED} {PAGE}", 2)
    assert relations(other, source, tell(WIRE.split(". ", 1)[1], 3))[2] == (
        Relation.NEAR,
        source.doc_id,
    )


def test_report_around_a_copy_joins_the_story_of_the_copy() -> None:
    pasted, excerpt = tell(f"{WIRE} {APART}", 1), tell(WIRE, 2)
    around = (
        "Good morning and welcome to our daily review of the papers. A quiet weekend"
        " passed without any surprises for commuters. Readers wrote about gardens,"
        " pets and cheap recipes. Our cartoonist has returned from holiday rested."
    )
    longer = tell(f"{around} {WIRE} More letters follow below at noon.", 3)
    assert relations(pasted, excerpt, longer)[1:] == [
        (Relation.NEAR, pasted.doc_id),
        (Relation.REWRITTEN, pasted.doc_id),
    ]


def test_reports_of_one_template_do_not_tell_another_together() -> None:
    form = (
        "The Bureau of Records in {0} said on Monday that {1} forms were filed in {0}"
        " during the last quarter, up from the quarter before. The head of the office,"
        " {2}, said that the rise was expected and that no further action was planned."
    )
    filled = [
        form.format("Lund", "1,204", "Tor Vik"),
        form.format("Odda", "2,377", "Lise Dahl"),
        form.format("Marn", "1,204", "Lise Dahl"),
    ]
    stories = relations(*(tell(text, n) for n, text in enumerate(filled, 1)))
    assert stories == [(Relation.ORIGINAL, None)] * 3


def test_misspelt_negation_denies_nothing() -> None:
    source = tell(WIRE.replace("troops would", "troops without arms would"), 1)
    copy = tell(source.text.replace("without", "wtihout"), 2)
    assert relations(source, copy)[1] == (Relation.NEAR, source.doc_id)


def test_forms_that_were_forgotten_are_looked_up_again() -> None:
    listed = [tell(text, 1 + n) for n, text in enumerate((WIRE, SPUN, TYPED, APART))]
    kept = place([[one] for one in listed])
    with patch.object(lexemes, "FORMS_KEPT", 1):
        assert place([[one] for one in listed]) == kept


def test_unrelated_reports_are_two_stories() -> None:
    assert relations(tell(WIRE, 1), tell(APART, 1)) == [(Relation.ORIGINAL, None)] * 2


def test_plain_words_are_the_original_on_one_day() -> None:
    reworded, plain = tell(SPUN, 1), tell(WIRE, 1)
    assert relations(reworded, plain) == [
        (Relation.REWRITTEN, plain.doc_id),
        (Relation.ORIGINAL, None),
    ]


def test_words_of_a_synonym_machine_are_a_copy_even_when_older() -> None:
    machine = SPUN.replace("would depart", "by no means depart").replace(
        "requested 12", "requested as a lot as 12"
    )
    older, plain = tell(machine, 1), tell(machine.replace("by no means", "would"), 5)
    assert relations(older, plain)[1] == (Relation.ORIGINAL, None)


@pytest.mark.parametrize("text", ["Yes.", PAGE, "no " * 5_000, "One line.\n" * 3_000])
def test_pages_without_a_report_make_no_story_with_others(text: str) -> None:
    page, again = tell(text, 1), tell(text, 2, "Post")
    assert relations(page, again, tell(WIRE, 3))[1:] == [
        (Relation.EXACT, page.doc_id),
        (Relation.ORIGINAL, None),
    ]


def test_line_shows_each_word_that_departs_and_what_it_changes() -> None:
    original = tell(WIRE, 1)
    copy = tell(WIRE.replace("Berg told reporters", "Berg instructed reporters"), 2)
    documents = (original, copy)
    collapsed, comparer = collapse(documents, WORDS)
    line = list(copy_lines(documents, collapsed, comparer))[1]
    (drift,) = line["drift"]
    assert (drift["original"]["text"], drift["copy"]["text"]) == ("told", "instructed")
    assert drift["changes"] == ["term"]
    assert line["explanation"]["verbatim"] > 0.95
    assert line["of"] == original.doc_id


def test_report_that_came_twice_has_two_lines() -> None:
    documents = (tell(WIRE, 1), tell(WIRE, 1))
    collapsed, comparer = collapse(documents, WORDS)
    lines = list(copy_lines(documents, collapsed, comparer))
    assert [line["relation"] for line in lines] == ["original", "exact"]


@pytest.mark.parametrize("copied", [WIRE, OTHER_NUMBER])
def test_copy_that_fits_two_goes_to_the_one_that_others_copied(copied: str) -> None:
    lead = WIRE.split(". ", 1)[0]
    both = [tell(text, 1) for text in (WIRE, OTHER_NUMBER)]
    more = [tell(f"{copied} {note}", 2) for note in ("Read on.", "See below.")]
    rest = tell(WIRE.removeprefix(f"{lead}. "), 3)
    assert relations(*both, *more, rest)[-1][1] == tell(copied, 1).doc_id

import datetime as dt

from onrecord.show.views.cite import Cite, Passage
from onrecord.show.views.positions_find import Found
from onrecord.show.views.positions_kinds import MoveRule, load_position_rules
from onrecord.show.views.positions_links import (
    fold_repeats,
    link_answers,
    refer_back,
    without_mentions,
)
from onrecord.show.views.positions_shape import MoveKind
from onrecord.show.views.positions_words import (
    likeness,
    make_reader,
    name_of,
    rarity,
    read_subjects,
    telling_words,
)

RULES = load_position_rules()
READER = make_reader(RULES)
DAY = dt.date(2022, 1, 10)


def party(text, start, country):
    return {
        "start": start,
        "end": start + len(text),
        "text": text,
        "name": text,
        "entity_id": f"state-{country}",
        "country": country,
        "sectors": [],
    }


def move(text, word, *, kind=MoveKind.DEMAND, who="Chad", whom=None, doc="doc-1", at=0):
    """Return a move whose actor is the sentence's first word, `at` in the report."""
    start = at + text.index(word)
    countries = {"Chad": "TCD", "Sudan": "SDN", "Norway": "NOR"}
    actor = party(who, at + text.index(who), countries[who])
    recipients = (party(whom, at + text.index(whom), countries[whom]),) if whom else ()
    return Found(
        rule=MoveRule(id="x", kind=kind, origin="test", example=text),
        row={"attribution": []},
        cite=Cite(
            event_id=f"evt-{doc}-{start}",
            doc_id=doc,
            source_id="t",
            outlet=None,
            date=DAY,
            title=None,
            url=None,
            sentence=Passage(start=at, end=at + len(text), text=text),
        ),
        word={"start": start, "end": start + len(word), "text": word},
        actors=(actor,),
        recipients=recipients,
        content=(),
        said=(actor,),
    )


DEMAND = move("Chad demanded that Sudan close the camps.", "demanded", whom="Sudan")
OTHER = move("Chad demanded guns for its soldiers.", "demanded", at=50)
REJECT = move(
    "Sudan rejected the demand.",
    "rejected",
    kind=MoveKind.REJECT,
    who="Sudan",
    at=100,
)


def words(subject):
    return {subject.forms[c]: w for c, w in subject.weights.items() if w}


def test_what_is_demanded_weighs_and_who_demands_does_not():
    (subject,) = read_subjects([DEMAND], READER)
    assert words(subject) == {"Sudan": 1.3, "camps": 1.0}


def test_words_of_one_meaning_are_one():
    texts = ["Chad demanded soldiers.", "Chad demanded troops."]
    one, other = read_subjects([move(t, "demanded") for t in texts], READER)
    assert one.weights == other.weights


def test_what_stands_behind_another_move_is_that_ones():
    text = "Chad offered loans and demanded that Sudan close the camps."
    offer = move(text, "offered", kind=MoveKind.OFFER)
    demand = move(text, "demanded")
    read, _ = read_subjects([offer, demand], READER)
    assert words(read)["loans"] > words(read)["camps"]


def test_the_fewer_moves_have_a_word_the_more_it_tells():
    again = move("Chad demanded that Sudan leave.", "demanded", doc="doc-2")
    subjects = read_subjects([DEMAND, OTHER, again], READER)
    rare = rarity(subjects)
    assert telling_words(subjects[:1], rare, 2) == ("camps", "Sudan")
    alike = likeness(subjects, rare)
    assert alike[0, 2] == alike[2, 0] > 0.1
    assert alike[0, 1] == 0.0


def test_the_demand_is_the_last_one_made_to_who_rejects_it():
    moves = [DEMAND, OTHER, REJECT]
    subjects, answers = refer_back(moves, read_subjects(moves, READER))
    assert answers == {2: 0}
    assert set(words(subjects[2])) >= {"camps"}


def test_a_demand_of_another_report_is_not_the_demand():
    elsewhere = move(
        "Chad demanded that Sudan close the camps.", "demanded", doc="doc-2"
    )
    moves = [elsewhere, REJECT]
    assert refer_back(moves, read_subjects(moves, READER))[1] == {}


def test_an_answer_elsewhere_needs_words_and_parties_in_common():
    text = "Sudan refused to close the camps."
    refuse = move(text, "refused", kind=MoveKind.REJECT, who="Sudan", doc="doc-2")
    moves = [DEMAND, OTHER, refuse]
    subjects = read_subjects(moves, READER)
    alike = likeness(subjects, rarity(subjects))
    days = [DAY, DAY, DAY + dt.timedelta(days=1)]
    assert link_answers(moves, subjects, days, alike, {}, least=0.1) == {2: 0}
    early = [DAY, DAY, DAY - dt.timedelta(days=1)]
    assert link_answers(moves, subjects, early, alike, {}, least=0.1) == {}
    third = move(
        text.replace("Sudan", "Norway"),
        "refused",
        kind=MoveKind.REJECT,
        who="Norway",
        doc="doc-2",
    )
    moves = [DEMAND, OTHER, third]
    subjects = read_subjects(moves, READER)
    alike = likeness(subjects, rarity(subjects))
    assert link_answers(moves, subjects, days, alike, {}, least=0.1) == {}


def test_a_demand_that_is_only_mentioned_is_no_move():
    mention = move("Sudan rejected the demand.", "demand", who="Sudan", at=100)
    assert without_mentions([DEMAND, REJECT, mention], RULES.words) == (DEMAND, REJECT)


def test_like_moves_of_one_party_are_one():
    again = move("Chad demanded that Sudan close its camps.", "demanded", doc="doc-2")
    moves = [DEMAND, OTHER, again]
    subjects = read_subjects(moves, READER)
    alike = likeness(subjects, rarity(subjects))
    assert fold_repeats(moves, alike, least=0.5) == ((0, 2), (1,))


def test_words_that_stand_side_by_side_are_one_in_a_name():
    sentences = ["Hong Kong left the talks with China.", "China wants Hong Kong."]
    words = ("Kong", "Hong", "China", "talks")
    assert name_of(words, sentences, 3) == "Hong Kong, China, talks"
    assert name_of(("camps", "border"), ["Camps near a border."], 3) == "camps, border"

import datetime as dt

from onrecord.code.settle import settle_events
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.event import Factuality, WhenBasis
from tests.support.mentions import (
    PUBLISHED,
    build_choices,
    build_event,
    build_place,
    build_report,
    build_time,
)

SHELLED = """
On      on     ADP   2 case
Monday  Monday PROPN 4 obl
troops  troop  NOUN  4 nsubj
shelled shell  VERB  0 root
Kyiv    Kyiv   PROPN 4 obj
"""
ATTACK = """
The    the    DET  2 det
attack attack NOUN 3 nsubj
ended  end    VERB 0 root
"""
SINCE = """
They    they  PRON  2 nsubj
marched march VERB  0 root
since   since ADP   4 case
Monday  Monday PROPN 2 obl
"""
MONDAY = dt.date(2022, 1, 24)
SAME = {"definite, same type True": 1.0}


def with_layers(adoc: AnnotatedDocument, *, times=(), places=()):
    return AnnotatedDocument(
        document=adoc.document,
        sentences=adoc.sentences,
        times=tuple(times),
        places=tuple(places),
    )


def shelling(factuality=Factuality.HAPPENED):
    adoc = build_report(SHELLED, ATTACK)
    time, place = build_time(adoc, "Monday", MONDAY), build_place(adoc, "Kyiv")
    events = [
        build_event(adoc, "shelled", time=time, places=(place,)),
        build_event(adoc, "attack", factuality=factuality),
    ]
    return with_layers(adoc, times=[time], places=[place]), events


def test_mentions_of_one_happening_share_its_id():
    adoc, events = shelling()
    first, second = settle_events(adoc, events, build_choices(happening=SAME))
    assert first.telling_id == second.telling_id
    assert first.telling_id.startswith("tel-")


def test_other_happenings_have_other_ids():
    adoc, events = shelling()
    first, second = settle_events(adoc, events, build_choices())
    assert first.telling_id != second.telling_id


def test_a_mention_takes_the_time_told_with_another_and_cites_its_words():
    adoc, events = shelling()
    choices = build_choices(happening=SAME, when={"of the happening": 1.0})
    attack = settle_events(adoc, events, choices)[1]
    assert (attack.when.start, attack.when.basis) == (MONDAY, WhenBasis.TEXT)
    assert [s.of(adoc.document.text) for s in attack.when.spans] == ["Monday"]


def test_without_a_time_in_the_text_the_date_of_the_report_stands_and_says_so():
    adoc, events = shelling()
    attack = settle_events(adoc, events, build_choices(when={"none": 1.0}))[1]
    assert (attack.when.start, attack.when.basis) == (PUBLISHED, WhenBasis.PUBLICATION)


def test_what_did_not_happen_has_no_date_of_the_report():
    adoc, events = shelling(Factuality.HYPOTHETICAL)
    attack = settle_events(adoc, events, build_choices(when={"none": 1.0}))[1]
    assert attack.when is None


def test_a_mention_takes_the_places_told_with_another():
    adoc, events = shelling()
    choices = build_choices(happening=SAME, where={"of the happening": 1.0})
    attack = settle_events(adoc, events, choices)[1]
    assert [p.name for p in attack.where] == ["Kyiv"]


def test_nothing_said_of_a_place_leaves_it_empty():
    adoc, events = shelling()
    attack = settle_events(adoc, events, build_choices(where={"none": 1.0}))[1]
    assert attack.where == ()


def test_since_a_time_lasts_until_the_report():
    adoc = build_report(SINCE)
    time = build_time(adoc, "Monday", MONDAY)
    adoc = with_layers(adoc, times=[time])
    events = [build_event(adoc, "marched", time=time)]
    marched = settle_events(adoc, events, build_choices(when={"own": 1.0}))[0]
    assert (marched.when.start, marched.when.end) == (MONDAY, PUBLISHED)


def test_a_report_without_a_date_gives_none():
    adoc = build_report(ATTACK, published=None)
    attack = settle_events(adoc, [build_event(adoc, "attack")], build_choices())[0]
    assert attack.when is None

from onrecord.code.happenings import group_mentions, link_options
from onrecord.code.mentions import as_mentions
from tests.support.mentions import build_choices, build_event, build_report

SHELLED = """
Troops  troop PROPN 2 nsubj
shelled shell VERB  0 root
Kyiv    Kyiv  PROPN 2 obj
"""
ATTACK = """
The    the    DET  2 det
attack attack NOUN 3 nsubj
ended  end    VERB 0 root
"""
RAID = """
A     a     DET  2 det
raid  raid  NOUN 3 nsubj
began begin VERB 0 root
"""
CHOICES = build_choices()


def mentions_of(*tables: str, triggers: tuple[str, ...]):
    adoc = build_report(*tables)
    return as_mentions(adoc, [build_event(adoc, t) for t in triggers], CHOICES)


def test_a_noun_behind_the_joins_what_was_told_before():
    mentions = mentions_of(SHELLED, ATTACK, triggers=("shelled", "attack"))
    weights = {"definite, same type True": 1.0}
    assert [first for first, _ in group_mentions(mentions, weights)] == [0, 0]


def test_a_noun_behind_a_begins_its_own():
    mentions = mentions_of(SHELLED, RAID, triggers=("shelled", "raid"))
    weights = {"definite, same type True": 1.0, "new indefinite": 0.1}
    assert [first for first, _ in group_mentions(mentions, weights)] == [0, 1]


def test_a_third_mention_joins_the_first_of_the_happening():
    mentions = mentions_of(
        SHELLED, ATTACK, ATTACK, triggers=("shelled", "attack", "ended")
    )
    links = group_mentions(mentions, {"same type True, other words": 2.0})
    assert [first for first, _ in links] == [0, 0, 0]


def test_what_stands_far_apart_is_told_by_its_distance():
    mentions = mentions_of(SHELLED, ATTACK, RAID, triggers=("shelled", "raid"))
    options = link_options(mentions, 1, [(0, 1.0)])
    assert "apart 2" in options[1]

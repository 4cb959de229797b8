"""The figures of statements."""

from onrecord.model.span import Span
from onrecord.score.counting import Share
from onrecord.score.statements import count_statements, statement_figures
from tests.support.scores import report, said


def figures(gold, given):
    wanted, ours = report(statements=gold), report(statements=given)
    return statement_figures(count_statements(wanted, ours))


def test_cue_and_speaker_must_overlap():
    assert figures((said(),), (said(),)).said.right == 1
    assert figures((said(),), (said(speaker=Span(0, 4)),)).said.right == 0
    assert figures((said(),), (said("left"),)).said.right == 0
    assert figures((said(speaker=None),), (said(),)).said.right == 0


def test_a_doubtful_statement_is_never_missed():
    assert figures((said(unsure=True),), ()).said.gold == 0
    assert figures((said(unsure=True),), (said(),)).said.gold == 1


def test_act_and_content_of_those_said():
    gold = said(content=(Span(0, 10),))
    found = figures((gold,), (said(act="say", content=(Span(5, 15),)),))
    assert found.act == Share(0.0, 1)
    assert found.content == Share(50.0, 1)
    assert found.form is None

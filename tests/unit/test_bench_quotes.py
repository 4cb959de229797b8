import pytest

from bench.quality.quotes import kind_of, reason_to_leave_out
from onrecord.model.span import Span
from onrecord.understand.quotations import find_quotations

TEXT = 'The mayor said "we won", but he feared that they "lied" about it.'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('"we won"', "direct"),
        ('they "lied" about it', "mixed"),
        ("about it", "indirect"),
    ],
)
def test_kind(content, kind):
    start = TEXT.index(content)
    span = Span(start, start + len(content))
    assert kind_of(TEXT, span, find_quotations(TEXT)) == kind


@pytest.mark.parametrize(
    ("cue", "source", "why"),
    [
        ("Ann Lee.", "Ann Lee", "credit"),
        ("I would say", "I", "self"),
        ("Lee thinks", "Lee", "thought"),
        ("Lee said", "Lee", None),
    ],
)
def test_what_is_left_out(cue, source, why):
    at = cue.index(source)
    assert reason_to_leave_out(cue, [0, len(cue)], [[at, at + len(source)]]) == why

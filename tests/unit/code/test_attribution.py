import pytest

from tests.support.real import code_text


def by(text, trigger):
    """Return the words of the sources of the event at a trigger, outermost first."""
    return next(
        [s.party.span.of(text) for s in event.attribution]
        for event in code_text(text).events
        if trigger in event.trigger.of(text)
    )


@pytest.mark.parametrize(
    ("text", "trigger", "sources"),
    [
        ("The army attacked the town on Monday.", "attacked", []),
        ("Police said the rebels attacked the town.", "attacked", ["Police"]),
        ("Kenya condemned the attack on the market.", "attack", []),
        ("Kenya condemned the attack on the market.", "condemned", []),
        ("The rebels reportedly attacked the town.", "attacked", ["reportedly"]),
        (
            "According to the mayor, soldiers arrested two protesters.",
            "arrested",
            ["the mayor"],
        ),
        (
            "The envoy said: “We demand that the army withdraw its troops.”",
            "demand",
            ["The envoy"],
        ),
    ],
    ids=[
        "own-voice",
        "indirect",
        "target",
        "cue-itself",
        "hearsay",
        "according-to",
        "quoted",
    ],
)
def test_on_whose_word(text, trigger, sources):
    assert by(text, trigger) == sources


def test_hearsay_makes_no_statement():
    assert code_text("The rebels reportedly attacked the town.").statements == ()

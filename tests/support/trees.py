"""Build parsed sentences by hand, from a small table."""

from onrecord.model.annotation import CueScore, Sentence, Token, TriggerScore
from onrecord.model.span import Span

XPOS = {"VERB": "VBD", "NOUN": "NN", "PROPN": "NNP", "AUX": "MD", "PUNCT": "."}


def build_sentence(
    table: str,
    *,
    start: int = 0,
    paragraph: int = 0,
    triggers: tuple[TriggerScore, ...] = (),
    cues: tuple[CueScore, ...] = (),
) -> tuple[str, Sentence]:
    """Return a sentence's text and analysis.

    One word a line: `form lemma UPOS head deprel [name_tag [XPOS]]`; words are joined
    by one blank, and punctuation sticks to the word before it.
    """
    rows = [line.split() for line in table.strip().splitlines()]
    text = ""
    tokens: list[Token] = []
    for row in rows:
        form, lemma, upos, head, deprel, *tag = row
        glued = upos == "PUNCT" and form in ".,;:!?”"
        if text and not glued and not text.endswith("“"):
            text += " "
        at = start + len(text)
        text += form
        tokens.append(
            Token(
                at,
                at + len(form),
                form,
                upos,
                tag[1] if len(tag) > 1 else XPOS.get(upos, "X"),
                lemma,
                int(head),
                deprel,
                tag[0] if tag else "O",
            )
        )
    span = Span(tokens[0].start, tokens[-1].end)
    return text, Sentence(span, paragraph, tuple(tokens), triggers, cues)

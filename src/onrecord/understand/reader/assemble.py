"""Turn one sentence's scores into a reading."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.model.annotation import CueScore, TriggerScore
from onrecord.understand.reader.decode import best_tree
from onrecord.understand.reader.lemmas import Lemmas
from onrecord.understand.reader.reading import (
    MIN_CUE,
    MIN_LINK,
    MIN_TRIGGER,
    SCORE_DIGITS,
    Reading,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Links = tuple[tuple[int, float], ...]  # (word index of a party's head, score)


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names behind the network's label numbers."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    name: tuple[str, ...]
    event_type: tuple[str, ...]
    factuality: tuple[str, ...]
    act: tuple[str, ...]
    form: tuple[str, ...]
    role: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the network says about the n words of one sentence.

    `arcs` [n + 1, n + 1] and `relations` [n, n + 1] count the root as column 0;
    `links` is [roles, n, n], trigger or cue by party; all others run over words.
    """

    upos: Ints
    xpos: Ints
    names: Ints
    arcs: Floats
    relations: Ints
    types: Floats
    factuality: Floats
    cues: Floats
    forms: Floats
    links: Floats


def assemble(
    words: Sequence[str], answer: Answer, labels: Labels, lemmas: Lemmas
) -> Reading:
    """Return the reading of `words`."""
    heads = best_tree(answer.arcs)
    upos = tuple(labels.upos[at] for at in answer.upos.tolist())
    return Reading(
        upos=upos,
        xpos=tuple(labels.xpos[at] for at in answer.xpos.tolist()),
        lemma=tuple(lemmas.find(w, u) for w, u in zip(words, upos, strict=True)),
        head=tuple(heads),
        deprel=_relations(heads, answer.relations, labels),
        name_tag=_name_tags([labels.name[at] for at in answer.names.tolist()]),
        triggers=_triggers(answer, labels),
        cues=_cues(answer, labels),
    )


def _relations(heads: Sequence[int], best: Ints, labels: Labels) -> tuple[str, ...]:
    """Return each word's relation to its head; only the root's is "root"."""
    out = []
    for word, head in enumerate(heads):
        name = labels.deprel[int(best[word, head])]
        if head == 0:
            name = "root"
        elif name == "root":
            name = "dep"
        out.append(name)
    return tuple(out)


def _name_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags with every name begun by B: an I alone becomes one."""
    out: list[str] = []
    for tag in tags:
        if tag.startswith("I-") and (not out or out[-1][2:] != tag[2:]):
            tag = "B-" + tag[2:]
        out.append(tag)
    return tuple(out)


def _triggers(answer: Answer, labels: Labels) -> tuple[TriggerScore, ...]:
    found = np.flatnonzero(1 - answer.types[:, 0] >= MIN_TRIGGER)
    actor, recipient, by = (labels.role.index(r) for r in ("actor", "recipient", "by"))
    return tuple(
        TriggerScore(
            token=token,
            type_scores=_rounded(answer.types[token]),
            factuality_scores=_rounded(answer.factuality[token]),
            actors=_links(answer.links[actor, token]),
            recipients=_links(answer.links[recipient, token]),
            by=_links(answer.links[by, token]),
        )
        for token in found.tolist()
    )


def _cues(answer: Answer, labels: Labels) -> tuple[CueScore, ...]:
    chance = 1 - answer.cues[:, 0]
    speaker = labels.role.index("speaker")
    return tuple(
        CueScore(
            token=token,
            score=round(float(chance[token]), SCORE_DIGITS),
            act_scores=_rounded(answer.cues[token, 1:] / answer.cues[token, 1:].sum()),
            form_scores=_rounded(answer.forms[token]),
            speakers=_links(answer.links[speaker, token]),
        )
        for token in np.flatnonzero(chance >= MIN_CUE).tolist()
    )


def _rounded(scores: Floats) -> tuple[float, ...]:
    values: list[Any] = scores.tolist()
    return tuple(round(value, SCORE_DIGITS) for value in values)


def _links(scores: Floats) -> Links:
    """Return the words that score enough to be a party, in text order."""
    found = np.flatnonzero(scores >= MIN_LINK).tolist()
    return tuple((at, round(float(scores[at]), SCORE_DIGITS)) for at in found)


def join(readings: Sequence[Reading]) -> Reading:
    """Return windows of one sentence as one reading, hung on the first root."""
    if len(readings) == 1:
        return readings[0]
    whole = readings[0]
    for part in readings[1:]:
        whole = _append(whole, part, len(whole.head))
    return whole


def _append(whole: Reading, part: Reading, shift: int) -> Reading:
    root = whole.head.index(0) + 1
    return Reading(
        upos=whole.upos + part.upos,
        xpos=whole.xpos + part.xpos,
        lemma=whole.lemma + part.lemma,
        head=whole.head + tuple(h + shift if h else root for h in part.head),
        deprel=whole.deprel
        + tuple(
            d if h else "parataxis" for h, d in zip(part.head, part.deprel, strict=True)
        ),
        name_tag=whole.name_tag + part.name_tag,
        triggers=whole.triggers
        + tuple(
            msgspec.structs.replace(
                t,
                token=t.token + shift,
                actors=_moved(t.actors, shift),
                recipients=_moved(t.recipients, shift),
                by=_moved(t.by, shift),
            )
            for t in part.triggers
        ),
        cues=whole.cues
        + tuple(
            msgspec.structs.replace(
                c, token=c.token + shift, speakers=_moved(c.speakers, shift)
            )
            for c in part.cues
        ),
    )


def _moved(links: Links, shift: int) -> Links:
    return tuple((at + shift, score) for at, score in links)

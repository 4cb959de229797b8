"""A reader that says anything at all, and does it fast: for what stands behind one."""

import random
from collections.abc import Sequence
from importlib.resources import files

import msgspec

from onrecord.model.annotation import CueScore, TriggerScore
from onrecord.understand.reader import Reading
from onrecord.understand.reader.assemble import Labels, join

MAX_WORDS = 60  # read at once, joined as the shipped reader joins its windows
TAGS = ("NOUN", "PROPN", "VERB", "PRON", "ADP", "DET", "ADJ", "NUM", "PUNCT")
RELATIONS = ("nsubj", "obj", "obl", "nmod", "conj", "ccomp", "case", "det", "punct")


class AnyReader:
    """Any tree, any tags and any scores, but those that a network could give."""

    def __init__(self, rng: random.Random, labels: Labels) -> None:
        self._rng = rng
        self._labels = labels

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Return one reading for each sentence of words."""
        return [
            join(
                [
                    self._read(words[start : start + MAX_WORDS])
                    for start in range(0, len(words), MAX_WORDS)
                ]
            )
            for words in sentences
        ]

    def _read(self, words: Sequence[str]) -> Reading:
        rng, labels, size = self._rng, self._labels, len(words)
        heads = self._tree(size)
        common = rng.random() < 0.8
        upos = TAGS if common else labels.upos
        deprel = RELATIONS if common else labels.deprel
        return Reading(
            upos=tuple(rng.choices(upos, k=size)),
            xpos=tuple(rng.choices(labels.xpos, k=size)),
            lemma=tuple(word.lower() for word in words),
            head=heads,
            deprel=tuple(rng.choice(deprel) if head else "root" for head in heads),
            name_tag=self._names(size),
            triggers=tuple(self._trigger(at, size) for at in self._some(size)),
            cues=tuple(self._cue(at, size) for at in self._some(size)),
        )

    def _tree(self, size: int) -> tuple[int, ...]:
        """Return heads of a tree, in any order of words, deep or flat."""
        order = list(range(1, size + 1))
        self._rng.shuffle(order)
        near = self._rng.choice((1, 2, size))
        heads = [0] * size
        for at, word in enumerate(order[1:], 1):
            heads[word - 1] = order[self._rng.randint(max(0, at - near), at - 1)]
        return tuple(heads)

    def _names(self, size: int) -> tuple[str, ...]:
        tags: list[str] = []
        for _ in range(size):
            tag = self._rng.choice(("O", "O", *self._labels.name))
            if tag[0] == "I" and (not tags or tags[-1][2:] != tag[2:]):
                tag = f"B{tag[1:]}"
            tags.append(tag)
        return tuple(tags)

    def _some(self, size: int) -> list[int]:
        share = self._rng.choice((0.05, 0.2, 0.7))
        return [at for at in range(size) if self._rng.random() < share]

    def _scores(self, size: int) -> tuple[float, ...]:
        scores = [self._rng.random() ** 4 for _ in range(size)]
        return tuple(round(score / sum(scores), 4) for score in scores)

    def _links(self, size: int) -> tuple[tuple[int, float], ...]:
        found = sorted(
            self._rng.sample(range(size), min(size, self._rng.randint(0, 3)))
        )
        return tuple((at, round(self._rng.uniform(0.2, 1), 4)) for at in found)

    def _trigger(self, at: int, size: int) -> TriggerScore:
        return TriggerScore(
            token=at,
            type_scores=self._scores(len(self._labels.event_type)),
            factuality_scores=self._scores(len(self._labels.factuality)),
            actors=self._links(size),
            recipients=self._links(size),
            by=self._links(size),
        )

    def _cue(self, at: int, size: int) -> CueScore:
        return CueScore(
            token=at,
            score=round(self._rng.uniform(0.05, 1), 4),
            act_scores=self._scores(len(self._labels.act) - 1),
            form_scores=self._scores(len(self._labels.form)),
            speakers=self._links(size),
        )


def load_labels() -> Labels:
    """Return the labels of the shipped reader."""
    path = files("onrecord") / "understand" / "reader" / "model" / "labels.json"
    return msgspec.json.decode(path.read_bytes(), type=Labels)

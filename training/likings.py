"""Count what sort of subject and object verbs have: parties or things.

A verb's liking is how much likelier a party stands there than at verbs in general, as
a rounded logarithm.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.tree import governor
from onrecord.understand.who_coref_scene import SPEAKERS
from onrecord.understand.who_coref_tree import part_of

PARTS = frozenset({"subject", "passive", "object", "agent"})
LEAST = 6  # phrases that a verb must have been seen with
STEADY = 4.0  # phrases of verbs in general that are added to a verb's own
MOST = 2

Likings = Mapping[tuple[str, str], int]


def count_likings(
    texts: Iterable[tuple[Sequence[Sentence], Iterable[Nominal]]],
) -> Likings:
    """Return the likings by part and lemma that differ from nought."""
    parties: Counter[tuple[str, str]] = Counter()
    all_seen: Counter[tuple[str, str]] = Counter()
    for sentences, nominals in texts:
        for nominal in nominals:
            sentence = sentences[nominal.sentence]
            above = governor(sentence, nominal.head)
            if nominal.pronoun or above is None:
                continue
            part = part_of(sentence, nominal.head)
            verb = sentence.tokens[above]
            if part in PARTS and verb.upos == "VERB":
                all_seen[part, verb.lemma.lower()] += 1
                parties[part, verb.lemma.lower()] += nominal.kind in SPEAKERS
    return dict(_likings(parties, all_seen))


def _likings(
    parties: Counter[tuple[str, str]], all_seen: Counter[tuple[str, str]]
) -> Iterable[tuple[tuple[str, str], int]]:
    for part in sorted(PARTS):
        keys = sorted(key for key in all_seen if key[0] == part)
        share = sum(parties[k] for k in keys) / max(1, sum(all_seen[k] for k in keys))
        for key in keys:
            if all_seen[key] < LEAST:
                continue
            yes = parties[key] + STEADY * share
            no = all_seen[key] - parties[key] + STEADY * (1 - share)
            liking = round(math.log(yes / no) - math.log(share / (1 - share)))
            if liking:
                yield key, max(-MOST, min(MOST, liking))

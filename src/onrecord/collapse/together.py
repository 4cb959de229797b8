"""Reports that are pasted together from others."""

from collections.abc import Mapping

from onrecord.collapse.compare import LAG, LEAD_COVERED, NEAR, TOGETHER, Comparison
from onrecord.model.story import Relation

ADDS = 0.12  # of a report, that a part must tell and no part before it does
WHOLE_COUNTS = 0.2  # of a part that is in the report as a whole, beside what it tells
OWN = 0.6  # of what a part tells, that no part before it tells: templates share all

Prior = tuple[int, tuple[int, str]]  # which of several comes first, all else the same


def tell_together(
    compared: Mapping[str, Comparison], prior: Mapping[str, Prior]
) -> tuple[str | None, Relation | None, float]:
    """Return the original that tells most of a report that several tell together.

    With it come the relation and the similarity; nothing where they do not tell it.
    Each part tells sentences of its own, and names what no other does.
    """
    parts = _parts(compared, prior)
    if len(parts) < 2:
        return None, None, 0.0
    told: dict[int, float] = {}
    stand: dict[int, float] = {}
    named: dict[int, float] = {}
    for part in parts:
        named.update(compared[part].anchors)
        for sentence, weight, words in compared[part].told:
            told[sentence] = max(weight, told.get(sentence, 0.0))
            stand[sentence] = max(words, stand.get(sentence, 0.0))
    one = compared[parts[0]]
    covered, verbatim = sum(told.values()) / one.weight, sum(stand.values()) / one.words
    lead = sum(weight for _, weight in one.lead)
    begun = sum(told.get(at, 0.0) for at, _ in one.lead)
    anchored = sum(named.values()) / max(one.anchor_weight, 1.0)
    if (
        covered < TOGETHER
        or begun < LEAD_COVERED * lead
        or anchored < covered - LAG
        or len(named) == max(len(compared[part].anchors) for part in parts)
    ):
        return None, None, 0.0
    relation = Relation.NEAR if verbatim >= NEAR else Relation.REWRITTEN
    return parts[0], relation, round(max(covered, verbatim), 4)


def _parts(compared: Mapping[str, Comparison], prior: Mapping[str, Prior]) -> list[str]:
    """Return the originals that tell a report together, each telling its own part."""
    left = {o: c for o, c in compared.items() if not c.conflict and c.told}
    parts: list[str] = []
    told: dict[int, float] = {}
    while left:
        gains = {o: _gain(c, told) for o, c in left.items()}
        best = min(left, key=lambda o: (-_worth(left[o], gains[o]), prior[o]))
        own = sum(weight for _, weight, _ in left[best].told)
        if gains[best] < ADDS * left[best].weight:
            break
        if gains[best] >= OWN * own:
            parts.append(best)
            for sentence, weight, _ in left[best].told:
                told[sentence] = max(weight, told.get(sentence, 0.0))
        del left[best]
    return parts


def _worth(comparison: Comparison, gain: float) -> float:
    """Return what tells the first of several: what holds much else is no part."""
    return round(gain / comparison.weight + WHOLE_COUNTS * comparison.kept, 3)


def _gain(comparison: Comparison, told: Mapping[int, float]) -> float:
    return sum(
        max(0.0, weight - told.get(sentence, 0.0))
        for sentence, weight, _ in comparison.told
    )

"""Where a report is: the country that the unnamed in it belong to.

Every mention of a country counts, the more the nearer it stands before; so does how
often the whole report names it, and whether it is the first, which the dateline is.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onrecord.model.annotation import Nominal, NominalKind
from onrecord.understand.who_phrase import Phrase

SUPRANATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
# Set on gold/train and gold/long: a mention's weight halves in two sentences; the
# share of all mentions weighs as ten, the first mention as two fresh ones.
FADING = 0.5 ** (1 / 2)
SHARE = 10.0
FIRST = 2.0
SCENE = 4.0  # a place earlier in the sentence: "In London the minister ..."


class Home:
    """The countries that a report names, and where."""

    def __init__(self, lines: Sequence[Iterable[Phrase]]) -> None:
        self._lines = [
            [p.nominal for p in line if _names_land(p.nominal)] for line in lines
        ]
        mentions = [n for line in self._lines for n in line]
        self.counts = Counter(n.country for n in mentions if n.country)
        self._prior = _prior(mentions, self.counts)
        self._before = _faded(self._lines)
        self._mentions: dict[str, list[Nominal]] = defaultdict(list)
        for mention in mentions:
            self._mentions[mention.country or ""].append(mention)

    def at(self, nominal: Nominal) -> Nominal | None:
        """Return the mention of the country that is home where `nominal` stands."""
        scores = defaultdict(float, self._prior)
        for country, weight in self._before[nominal.sentence].items():
            scores[country] += weight
        for mention in self._lines[nominal.sentence]:
            if mention.country and mention.head < nominal.head:
                set_there = mention.kind is NominalKind.PLACE
                scores[mention.country] += SCENE if set_there else 1.0
        if not scores:
            return None
        country = max(scores, key=lambda code: scores[code])
        mentions = self._mentions[country]
        behind = bisect_left(mentions, _place(nominal), key=_place)
        return mentions[max(0, behind - 1)]


def _place(nominal: Nominal) -> tuple[int, int]:
    return nominal.sentence, nominal.head


def _names_land(nominal: Nominal) -> bool:
    return nominal.country is not None and nominal.country not in SUPRANATIONAL


def _prior(mentions: Sequence[Nominal], counts: Counter[str]) -> dict[str, float]:
    total = len(mentions)
    prior = {country: SHARE * n / total for country, n in counts.items()}
    if mentions and mentions[0].country:
        prior[mentions[0].country] += FIRST
    return prior


def _faded(lines: Sequence[Sequence[Nominal]]) -> list[dict[str, float]]:
    """Return, for each sentence, the weights of what stands before it."""
    weights: dict[str, float] = {}
    found: list[dict[str, float]] = []
    for line in lines:
        found.append(weights)
        after = dict(weights)
        for nominal in line:
            if nominal.country:
                after[nominal.country] = after.get(nominal.country, 0.0) + 1.0
        weights = {country: weight * FADING for country, weight in after.items()}
    return found

"""Count the lemmas of the treebanks into the table the reader ships."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.understand.reader.lemmas import Lemmas

_OPEN = ("VERB", "NOUN", "ADJ", "ADV", "AUX")  # classes whose endings are cut


def write_lemmas(sentences: Iterable[dict[str, Any]], path: Path) -> None:
    """Write the table: only words that the endings alone would get wrong."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    known: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for word, upos, lemma in zip(
            sentence["w"], sentence["u"], sentence["l"], strict=True
        ):
            shown = lemma if upos == "PROPN" else lemma.lower()
            counts[upos, word.lower()][shown] += 1
            if upos in _OPEN:
                known[upos].add(shown)
    rules = Lemmas(words={}, known={k: frozenset(v) for k, v in known.items()})
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for (upos, word), found in sorted(counts.items()):
        lemma = min(found, key=lambda shown: (-found[shown], shown))
        if rules.find(word, upos).lower() != lemma.lower():
            words[upos][word] = lemma
    table = {
        "words": words,
        "known": {upos: sorted(lemmas) for upos, lemmas in sorted(known.items())},
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text, encoding="utf-8")

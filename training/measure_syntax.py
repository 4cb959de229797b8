"""Score tags, trees and names on raw text, cut by our own tokenizer."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from onrecord.understand.reader.reading import Reader, Reading
from onrecord.understand.tokens import tokenize

Spans = Sequence[tuple[int, int]]
Name = tuple[int, int, str]


def measure_syntax(
    reader: Reader, sentences: Sequence[dict[str, Any]]
) -> dict[str, float]:
    """Return per cent right of all gold words; a word cut differently is wrong.

    Relations are compared without their subtypes (`las`) and with them
    (`las_subtypes`); names by exact span and kind.
    """
    texts = [_rebuild(s) for s in sentences]
    cut = [[(t.start, t.end) for t in tokenize(text)] for text, _ in texts]
    words = [
        [text[a:b] for a, b in spans]
        for (text, _), spans in zip(texts, cut, strict=True)
    ]
    readings = reader.read(words)
    counts: Counter[str] = Counter()
    for sentence, (_, gold), spans, reading in zip(
        sentences, texts, cut, readings, strict=True
    ):
        _count_words(counts, sentence, gold, spans, reading)
        if sentence.get("n"):
            _count_names(counts, sentence, gold, spans, reading)
    per_word = ("cut", "upos", "xpos", "lemma", "uas", "las", "las_subtypes")
    scores = {key: 100 * counts[key] / counts["words"] for key in per_word}
    given, gold_names = counts["names_given"], counts["names_gold"]
    scores["names_f1"] = 200 * counts["names_right"] / max(1, given + gold_names)
    return {key: round(value, 2) for key, value in scores.items()}


def _rebuild(sentence: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a treebank sentence and the places of its words."""
    text = ""
    spans = []
    for word, space in zip(sentence["w"], sentence["sp"], strict=True):
        spans.append((len(text), len(text) + len(word)))
        text += word + " " * bool(space)
    return text.rstrip(" "), spans


def _count_words(
    counts: Counter[str],
    sentence: dict[str, Any],
    gold: Spans,
    spans: Spans,
    reading: Reading,
) -> None:
    place = {span: at for at, span in enumerate(spans)}
    for at, span in enumerate(gold):
        counts["words"] += 1
        ours = place.get(span)
        if ours is None:
            continue
        counts["cut"] += 1
        counts["upos"] += reading.upos[ours] == sentence["u"][at]
        counts["xpos"] += reading.xpos[ours] == sentence["x"][at]
        counts["lemma"] += reading.lemma[ours].lower() == sentence["l"][at].lower()
        head, gold_head = reading.head[ours], sentence["h"][at]
        if head and gold_head:
            attached = spans[head - 1] == gold[gold_head - 1]
        else:
            attached = head == gold_head
        counts["uas"] += attached
        relation, gold_relation = reading.deprel[ours], sentence["d"][at]
        same = relation.split(":")[0] == gold_relation.split(":")[0]
        counts["las"] += attached and same
        counts["las_subtypes"] += attached and relation == gold_relation


def _count_names(
    counts: Counter[str],
    sentence: dict[str, Any],
    gold: Spans,
    spans: Spans,
    reading: Reading,
) -> None:
    expected = set(_names(sentence["n"], gold))
    found = set(_names(reading.name_tag, spans))
    counts["names_gold"] += len(expected)
    counts["names_given"] += len(found)
    counts["names_right"] += len(expected & found)


def _names(tags: Sequence[str], spans: Spans) -> list[Name]:
    """Return the names that B and I tags mark."""
    names: list[Name] = []
    for tag, (start, end) in zip(tags, spans, strict=True):
        if tag.startswith("B-"):
            names.append((start, end, tag[2:]))
        elif tag.startswith("I-") and names:
            names[-1] = (names[-1][0], end, names[-1][2])
    return names

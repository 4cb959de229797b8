"""The same clauses in another order, and active for passive, by the sentence's tree.

A sentence is changed at most once, and only where the tree makes it safe; the words
decide nothing about events here, so a few function words stand in the code.
"""

from collections.abc import Callable, Iterable
from random import Random

from bench.rewriting.draft import Draft, Piece, each_sentence, words_of
from bench.rewriting.draft import Sentence as DraftSentence
from onrecord.model.annotation import Sentence, Token

Trees = Callable[[str], tuple[Sentence, ...]]
_SAYING = frozenset({"say", "add", "announce", "report", "claim", "warn", "state"})
_CASES = frozenset(
    [
        "on",
        "in",
        "at",
        "after",
        "during",
        "before",
        "since",
        "amid",
        "following",
        "despite",
    ]
)
_QUOTES = frozenset("\"“”‘'«»")


def reorder_clauses(draft: Draft, trees: Trees, rng: Random) -> Draft:
    """Return `draft` with clauses moved and voices turned where that is safe."""
    text = "\n".join(words_of(s) for s in draft.sentences)
    read: dict[int, list[Sentence]] = {}
    for tree in trees(text):
        read.setdefault(tree.paragraph, []).append(tree)
    line = iter(range(len(draft.sentences)))
    return each_sentence(
        draft, lambda s: _reorder(s, text, read.get(next(line), []), rng)
    )


def _reorder(
    sentence: DraftSentence, text: str, read: list[Sentence], rng: Random
) -> DraftSentence:
    if any(p.changed for p in sentence) or _QUOTES & set(words_of(sentence)):
        return sentence
    if len(read) != 1 or len(read[0].tokens) < 5 or read[0].tokens[-1].text != ".":
        return sentence
    changes = [_voice, _front_to_end, _end_to_front, _speaker_last, _speaker_first]
    rng.shuffle(changes)
    changes.sort(key=lambda change: change is not _voice)
    for change in changes:
        if made := change(text, read[0]):
            return made
    return sentence


def _root(sentence: Sentence) -> int:
    return next((i for i, t in enumerate(sentence.tokens) if t.head == 0), 0)


def _subtree(sentence: Sentence, top: int) -> tuple[int, int] | None:
    """Return the token range under `top`, or None where it is not in one piece."""
    found, queue = {top}, [top]
    while queue:
        for child in sentence.children[queue.pop()]:
            if child not in found:
                found.add(child)
                queue.append(child)
    first, last = min(found), max(found)
    return (first, last) if len(found) == last - first + 1 else None


def _children(sentence: Sentence, head: int, *relations: str) -> Iterable[int]:
    for child in sentence.children[head]:
        if sentence.tokens[child].deprel.startswith(relations):
            yield child


def _text(text: str, sentence: Sentence, first: int, last: int) -> str:
    """Return the words of a token range; empty for an empty one."""
    if first > last:
        return ""
    return text[sentence.tokens[first].start : sentence.tokens[last].end]


def _down(words: str, token: Token) -> str:
    """Return words of a sentence's beginning as they stand inside one."""
    keeps = token.upos in {"PROPN", "ADJ"} or token.name_tag != "O"
    if keeps or token.text == "I" or words[:2].isupper():
        return words
    return words[0].lower() + words[1:]


def _up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(*parts: str) -> DraftSentence:
    return (Piece(" ".join(p for p in parts if p) + "."),)


def _front_to_end(text: str, s: Sentence) -> DraftSentence | None:
    """Turn "On Friday, X left." into "X left on Friday."."""
    last = len(s.tokens) - 2
    for child in _children(s, _root(s), "obl", "advcl", "nmod:tmod"):
        span = _subtree(s, child)
        if span is None or span[0] != 0:
            continue
        end = span[1] if s.tokens[span[1]].text == "," else span[1] + 1
        if end + 1 >= last or s.tokens[end].text != ",":
            continue
        front = _down(_text(text, s, 0, end - 1), s.tokens[0])
        return _plain(_up(_text(text, s, end + 1, last)), front)
    return None


def _end_to_front(text: str, s: Sentence) -> DraftSentence | None:
    """Turn "X left on Friday." into "On Friday, X left."."""
    last = len(s.tokens) - 2
    for child in _children(s, _root(s), "obl", "advcl"):
        span = _subtree(s, child)
        if span is None or span[1] != last or span[0] <= _root(s) + 1:
            continue
        if s.tokens[span[0]].text.lower() not in _CASES:
            continue
        cut = span[0] - (s.tokens[span[0] - 1].text == ",") - 1
        front = _up(_text(text, s, span[0], last))
        return _plain(front + ",", _down(_text(text, s, 0, cut), s.tokens[0]))
    return None


def _speaker_last(text: str, s: Sentence) -> DraftSentence | None:
    """Turn "X said that Y left." into "Y left, X said."."""
    root, last = _root(s), len(s.tokens) - 2
    if s.tokens[root].lemma not in _SAYING:
        return None
    for child in _children(s, root, "ccomp"):
        span = _subtree(s, child)
        if span is None or span[1] != last or span[0] <= root:
            continue
        first = span[0] + (s.tokens[span[0]].text == "that")
        before = _down(_text(text, s, 0, span[0] - 1), s.tokens[0])
        return _plain(_up(_text(text, s, first, last)) + ",", before.rstrip(","))
    return None


def _speaker_first(text: str, s: Sentence) -> DraftSentence | None:
    """Turn "Y left, X said." into "X said that Y left."."""
    root, last = _root(s), len(s.tokens) - 2
    for child in _children(s, root, "parataxis"):
        span = _subtree(s, child)
        if s.tokens[child].lemma not in _SAYING or span is None or span[1] != last:
            continue
        first = span[0] + (s.tokens[span[0]].text == ",")
        comma = first - 1
        if comma < 2 or s.tokens[comma].text != ",":
            continue
        clause = _down(_text(text, s, 0, comma - 1), s.tokens[0])
        return _plain(_up(_text(text, s, first, last)), "that", clause)
    return None


def _voice(text: str, s: Sentence) -> DraftSentence | None:
    """Turn "X was hit by Y." into "Y hit X.", and the other way round.

    Only verbs in -ed, whose past and participle are one.
    """
    root, last = _root(s), len(s.tokens) - 2
    verb = s.tokens[root]
    subject = next(iter(_children(s, root, "nsubj")), None)
    if not verb.text.endswith("ed") or subject is None:
        return None
    who = _subtree(s, subject)
    if who is None or who[0] != 0 or s.tokens[subject].upos == "PRON":
        return None
    first = _down(_text(text, s, *who), s.tokens[0])
    if s.tokens[subject].deprel == "nsubj:pass":
        return _to_active(text, s, root, who[1], first, last)
    return _to_passive(text, s, root, who[1], first, last)


def _to_active(
    text: str, s: Sentence, root: int, end: int, patient: str, last: int
) -> DraftSentence | None:
    if root != end + 2 or s.tokens[root - 1].text not in {"was", "were"}:
        return None
    for child in _children(s, root, "obl"):
        span = _subtree(s, child)
        if span is None or s.tokens[span[0]].text != "by" or span[0] < root + 1:
            continue
        agent = _up(_text(text, s, span[0] + 1, span[1]))
        between = _text(text, s, root + 1, span[0] - 1)
        rest = _text(text, s, span[1] + 1, last)
        return _plain(agent, s.tokens[root].text, patient, between, rest)
    return None


def _to_passive(
    text: str, s: Sentence, root: int, end: int, agent: str, last: int
) -> DraftSentence | None:
    if root != end + 1 or s.tokens[root].xpos != "VBD":
        return None
    for child in _children(s, root, "obj"):
        span, token = _subtree(s, child), s.tokens[child]
        if span is None or span[0] != root + 1 or token.upos == "PRON":
            continue
        plural = token.xpos in {"NNS", "NNPS"} or any(_children(s, child, "conj"))
        patient = _up(_text(text, s, *span))
        rest = _text(text, s, span[1] + 1, last)
        return (
            Piece(patient + " "),
            Piece("were" if plural else "was", changed=True),
            Piece(f" {s.tokens[root].text} "),
            Piece("by", changed=True),
            Piece(" " + " ".join(p for p in (agent, rest) if p) + "."),
        )
    return None

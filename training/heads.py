"""Choose the head word of each marked phrase by the tree of its sentence.

No tree exists for the event reports. The network, after its first pass over the
treebanks, parses them; the word of a phrase that depends on none of the others
is its head.
"""

from collections.abc import Sequence

import torch

from onrecord.understand.reader.decode import best_tree
from onrecord.understand.reader.encode import MAX_PIECES, encode
from onrecord.understand.reader.pieces import WordPieces
from training.batches import collate, make_batches
from training.deterministic import fixed_random
from training.examples import Example, Labels, Mark
from training.gold import MarkedSentence, WordMark
from training.network import Network

_TRIGGERS = ("VERB", "NOUN", "ADJ", "PROPN", "PRON", "NUM")
_PIECES = 3000  # word pieces of a batch without gradients

Tree = tuple[tuple[int, ...], tuple[str, ...]]  # heads (0 = root), UPOS


def parse(network: Network, examples: Sequence[Example], labels: Labels) -> list[Tree]:
    """Return heads and UPOS of each sentence, in order."""
    place = {id(example): at for at, example in enumerate(examples)}
    trees: list[Tree] = [((), ())] * len(examples)
    rng = fixed_random(0)
    network.eval()
    with torch.no_grad():
        for group in make_batches(examples, _PIECES, rng):
            batch = collate(group, recased=0.0, rng=rng)
            out, _ = network(
                batch.ids, batch.cases, batch.attend, batch.first, events=False
            )
            for row, example in enumerate(group):
                size = len(example.words) + 1
                heads = best_tree(out.arcs[row, :size, :size].float().numpy())
                tags = out.upos[row, 1:size].argmax(-1).tolist()
                trees[place[id(example)]] = (
                    tuple(heads),
                    tuple(labels.upos[tag] for tag in tags),
                )
    network.train()
    return trees


def unmarked_examples(
    sentences: Sequence[MarkedSentence], pieces: WordPieces
) -> list[Example]:
    """Return the sentences as examples without labels, ready to be parsed."""
    examples = (Example(s.words, encode(s.words, pieces)) for s in sentences)
    return [e for e in examples if len(e.encoded.ids) <= MAX_PIECES]


def mark_heads(
    sentences: Sequence[MarkedSentence],
    examples: Sequence[Example],
    trees: Sequence[Tree],
    unsure_weight: float,
) -> list[Example]:
    """Return the examples with their triggers and cues set on head words."""
    marked = []
    for sentence, example, tree in zip(sentences, examples, trees, strict=True):
        triggers = _marks(sentence.triggers, tree, unsure_weight)
        cues = _marks(sentence.cues, tree, unsure_weight)
        marked.append(
            Example(example.words, example.encoded, triggers=triggers, cues=cues)
        )
    return marked


def _marks(found: Sequence[WordMark], tree: Tree, unsure: float) -> tuple[Mark, ...]:
    """Return one mark a word: sure ones first, a taken word gives way to another."""
    marks: dict[int, Mark] = {}
    for mark in sorted(found, key=lambda mark: mark.unsure):
        token = phrase_head(mark.words, tree)
        if token in marks:
            free = [w for w in mark.words if w not in marks and tree[1][w] in _TRIGGERS]
            if not free:
                continue
            token = free[0]
        marks[token] = Mark(
            token=token,
            kind=mark.kind,
            detail=mark.detail,
            weight=unsure if mark.unsure else 1.0,
            links={
                role: tuple(sorted({phrase_head(words, tree) for words in phrases}))
                for role, phrases in mark.parties.items()
            },
        )
    return tuple(marks[token] for token in sorted(marks))


def phrase_head(words: Sequence[int], tree: Tree) -> int:
    """Return the word of a phrase whose own head lies outside the phrase."""
    heads, tags = tree
    inside = set(words)
    tops = [word for word in words if heads[word] - 1 not in inside]
    content = [word for word in tops if tags[word] in _TRIGGERS]
    anywhere = [word for word in words if tags[word] in _TRIGGERS]
    return (content or anywhere or tops or list(words))[0]

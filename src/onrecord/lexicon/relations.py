"""Load what `onrecord.code.relate` knows and weighs: `data/relations`."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.files import DATA, read_toml, read_tsv
from onrecord.model.event import EventType
from onrecord.model.relation import Pair
from onrecord.model.span import Span

FOLDER = DATA / "relations"
WEIGHT_COLUMNS = ("feature", "weight")
EXAMPLE_COLUMNS = ("event_type", "example")
PARTY = re.compile(r"\[([AR]):([^]]+)\]")
PAIR_COLUMNS = ("head", "object", "event_type", "share", "example")


class WordPair(msgspec.Struct, frozen=True, kw_only=True):
    """A class of heads and a class of objects, and the act they make together.

    `share` (0..1) is how surely; `example` marks its parties: `[A:...]`, `[R:...]`.
    """

    head: str
    object: str
    event_type: EventType
    share: float
    example: str


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """Classes of words by lemma, the acts that pairs of them make, the weights."""

    heads: Mapping[str, tuple[str, ...]]
    objects: Mapping[str, tuple[str, ...]]
    pairs: Mapping[tuple[str, str], tuple[WordPair, ...]]
    weights: Mapping[str, float]


class _ClassFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    origin: str
    heads: dict[str, tuple[str, ...]]
    objects: dict[str, tuple[str, ...]]


def load_relations() -> Relations:
    """Load the tables; raise `LexiconError` with every problem."""
    try:
        classes = msgspec.convert(read_toml(FOLDER / "classes.toml"), _ClassFile)
    except msgspec.ValidationError as err:
        raise LexiconError([f"classes.toml:?: {err}"]) from err
    return Relations(
        heads=_by_lemma(classes.heads),
        objects=_by_lemma(classes.objects),
        pairs=_read_pairs(classes),
        weights=_read_weights(),
    )


def read_examples() -> Iterator[tuple[Pair, EventType]]:
    """Yield the sentences of `examples.tsv` and `pairs.tsv` with their types."""
    rows = read_tsv(FOLDER / "examples.tsv", EXAMPLE_COLUMNS)
    for line, (event_type, example) in rows:
        yield read_marked(example, f"examples#{line}"), EventType(event_type)
    pairs = read_tsv(FOLDER / "pairs.tsv", PAIR_COLUMNS)
    for line, (_, _, event_type, _, example) in pairs:
        yield read_marked(example, f"pairs#{line}"), EventType(event_type)


def read_marked(example: str, name: str) -> Pair:
    """Return a sentence whose parties are marked `[A:...]` and `[R:...]`."""
    text, at, spans = "", 0, {}
    for found in PARTY.finditer(example):
        text += example[at : found.start()]
        spans[found[1]] = Span(len(text), len(text) + len(found[2]))
        text += found[2]
        at = found.end()
    return Pair(
        id=name,
        text=text + example[at:],
        actor=spans.get("A"),
        recipient=spans.get("R"),
    )


def _by_lemma(classes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, lemmas in classes.items():
        for lemma in dict.fromkeys(lemmas):
            found[lemma] = (*found.get(lemma, ()), name)
    return found


def _read_pairs(classes: _ClassFile) -> dict[tuple[str, str], tuple[WordPair, ...]]:
    path = FOLDER / "pairs.tsv"
    found: dict[tuple[str, str], tuple[WordPair, ...]] = {}
    problems = []
    for line, (head, thing, event_type, share, example) in read_tsv(path, PAIR_COLUMNS):
        if head not in classes.heads or thing not in classes.objects:
            problems.append(f"{path.name}:{line}: no class {head} or {thing}")
            continue
        try:
            pair = WordPair(
                head=head,
                object=thing,
                event_type=EventType(event_type),
                share=float(share),
                example=example,
            )
        except ValueError as err:
            problems.append(f"{path.name}:{line}: {err}")
            continue
        found[head, thing] = (*found.get((head, thing), ()), pair)
    if problems:
        raise LexiconError(problems)
    return found


def _read_weights() -> dict[str, float]:
    path = FOLDER / "weights.tsv"
    found: dict[str, float] = {}
    for line, (feature, weight) in read_tsv(path, WEIGHT_COLUMNS):
        try:
            found[feature] = float(weight)
        except ValueError as err:
            raise LexiconError(
                [f"{path.name}:{line}: {weight!r} is no weight"]
            ) from err
    return found

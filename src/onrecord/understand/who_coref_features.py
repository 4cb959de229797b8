"""What speaks for and against a phrase as the one that a pronoun stands for.

Every feature is a readable name; `data/coreference/weights.tsv` says what it counts.
"""

from collections.abc import Iterator

from onrecord.model.annotation import NominalKind
from onrecord.model.tree import dependents, governor
from onrecord.understand.who_coref_scene import SPEAKERS, Scene, Stand
from onrecord.understand.who_coref_tree import first_of_list, is_inside
from onrecord.understand.who_phrase import Phrase

SUBJECTS = frozenset({"subject", "passive"})
ARGUMENTS = SUBJECTS | {"object"}
BODIES = frozenset({NominalKind.ORGANISATION, NominalKind.COUNTRY, NominalKind.GROUP})
FAR = 4  # sentences; further is as far
OFTEN = 6  # mentions; more are as many


def can_stand_for(pronoun: Phrase, other: Phrase, sort: str, scene: Scene) -> bool:
    """Tell whether number, kind, gender and clause let a pronoun stand for a phrase."""
    nominal = other.nominal
    if other.pronoun and nominal.antecedent is None:
        return False
    if not _agrees(other, sort, scene):
        return False
    if other.key[0] != pronoun.key[0]:
        return True
    return not is_apart(pronoun, other, scene)


def _agrees(other: Phrase, sort: str, scene: Scene) -> bool:
    kind = other.nominal.kind
    if sort in {"man", "woman"}:
        if kind in BODIES or kind is NominalKind.PLACE or other.plural:
            return False
        return scene.gender.get(other.nominal.entity_id, sort) == sort
    if sort == "thing":
        if other.plural and other.entry is None:
            return False
        return kind is not NominalKind.PERSON
    return kind is not NominalKind.PLACE or other.plural


def is_apart(pronoun: Phrase, other: Phrase, scene: Scene) -> bool:
    """Tell whether the sentence keeps two phrases apart: "he met him"."""
    sentence = scene.sentences[pronoun.key[0]]
    here, there = scene.stand(pronoun), scene.stand(other)
    head, before = pronoun.key[1], other.key[1]
    if before >= head or here.first == there.first:
        return True
    if is_inside(sentence, head, before):
        return True
    if scene.is_reflexive(pronoun):
        return False
    if here.part not in ARGUMENTS or not here.clauses or not there.clauses:
        return False
    same = here.clauses[0] == there.clauses[0] and there.part in ARGUMENTS
    shared = here.part == "object" and scene.subject_by(pronoun) == there.first
    return same or shared


def of_nobody(pronoun: Phrase, scene: Scene, near: int) -> Iterator[str]:
    """Yield what speaks for a pronoun that stands for nothing named before."""
    here = scene.stand(pronoun)
    number, head = pronoun.key
    sentence = scene.sentences[number]
    yield "none"
    yield f"none part={here.part}"
    yield f"none near={min(near, 3)}"
    if here.quotation is not None:
        yield "none quoted"
    if here.liking:
        yield f"none verb likes {here.liking}"
    above = governor(sentence, head)
    if above is None:
        return
    verb = sentence.tokens[above]
    yield f"none above={verb.upos}"
    if here.part not in SUBJECTS:
        return
    if dependents(sentence, above, "cop"):
        yield "none copula"
    below = dependents(sentence, above, "csubj", "ccomp", "xcomp", "advcl", "acl")
    for child in below:
        if child > head:
            yield f"none {sentence.tokens[child].deprel} {verb.upos}"
    if number and head == 0:
        yield "none opens"


def of_pair(
    pronoun: Phrase, other: Phrase, scene: Scene, between: int
) -> Iterator[str]:
    """Yield what speaks for or against one phrase; `between` counts those nearer."""
    here, there = scene.stand(pronoun), scene.stand(other)
    back = min(pronoun.key[0] - other.key[0], FAR)
    yield f"back={back}"
    yield f"between={rough(between)}"
    yield f"part={there.part} back={min(back, 2)}"
    yield f"parts={here.part}/{there.part}"
    yield f"kind={_kind(other)}"
    yield f"kind={other.nominal.kind} part={here.part}"
    yield f"spoken of={min(scene.counts[other.nominal.entity_id], OFTEN)}"
    yield f"kind={other.nominal.kind} back={min(back, 2)}"
    party = "party" if other.nominal.kind in SPEAKERS else "thing"
    if here.liking:
        yield f"verb likes {here.liking} {party}"
        yield f"verb likes {here.liking} {_kind(other)}"
    if scene.opens(other):
        yield f"opens {party}"
    if not there.first:
        yield f"first {there.part}"
    if scene.same_verb(pronoun, other):
        yield f"same verb {here.part}/{there.part}"
    if other.pronoun:
        alike = "same" if other.pronoun == pronoun.pronoun else "other"
        yield f"pronoun {alike} back={min(back, 2)}"
    if there.listed:
        yield "listed"
    if other.definite:
        yield "definite"
    if here.said:
        yield "speaks" if there.said else "speaks not"
        yield f"speaker kind={other.nominal.kind}"
    elif there.said:
        yield "spoke"
    yield from _by_quotation(here, there, other, scene)
    if back == 0:
        yield from _in_sentence(pronoun, here, there, scene)
    elif back == 1 and there.part in SUBJECTS:
        yield "main subject" if len(there.clauses) == 1 else "lower subject"


def rough(between: int) -> int:
    """Return a count, coarser the greater it is."""
    return between if between < 4 else 4 if between < 7 else 7 if between < 12 else 12


def _kind(other: Phrase) -> str:
    """Return what a phrase is, as one word."""
    nominal = other.nominal
    how = "name" if other.named else "role" if other.agent else "words"
    if other.pronoun:
        how = "pronoun"
    number = "s" if other.plural else ""
    return f"{nominal.kind}{number} {how}"


def _by_quotation(
    here: Stand, there: Stand, other: Phrase, scene: Scene
) -> Iterator[str]:
    if here.quotation == there.quotation:
        return
    if here.quotation is None:
        yield "from a quotation"
    elif there.said:
        yield "outside, speaks"
    else:
        yield "outside"


def _in_sentence(
    pronoun: Phrase, here: Stand, there: Stand, scene: Scene
) -> Iterator[str]:
    """Yield how two phrases of one sentence stand to each other."""
    sentence = scene.sentences[pronoun.key[0]]
    if scene.subject_by(pronoun) == there.first:
        yield f"own subject {here.part}"
    owned = governor(sentence, pronoun.key[1])
    owns = here.part == "owner" and owned is not None
    if owns and first_of_list(sentence, owned or 0) == there.first:
        yield "owner beside"
    if not here.clauses or not there.clauses:
        return
    if here.clauses[0] == there.clauses[0]:
        yield f"same clause {here.part}"
    elif there.clauses[0] in here.clauses:
        if there.part in SUBJECTS:
            yield f"subject above {here.part}"
            if there.said:
                yield f"speaker above {here.part}"
        else:
            yield "above"
    elif here.clauses[0] in there.clauses:
        yield "below"

"""Tell where two parties stand around a word: arguments, slots of frames, order."""

from collections.abc import Collection

from onrecord.code.arguments import Arguments, find_arguments
from onrecord.code.relate_sight import Sight, head_of
from onrecord.model.tree import ancestors

# Places where an argument may stand that are told apart by themselves.
PLACES = ("subj", "obj", "iobj", "poss", "amod", "compound", "ccomp", "xcomp")
NOWHERE = "none"
INNER_KEYS = frozenset({"xcomp", "ccomp", "obj", "advcl", "acl", "obl", "nmod"})
MAX_STEPS = 4  # between a word and a party that are told apart


def find_place(sight: Sight, token: int, party: Collection[int]) -> str:
    """Return the argument that holds a party, else that of a complement or object.

    "xcomp>obj" in "threatened to shell the town", "below" anywhere under the word.
    """
    arguments = sight.arguments.get(token, {})
    own = _argument(arguments, party)
    if own != NOWHERE:
        return own
    for key, tokens in arguments.items():
        plain = key.partition(":")[0]
        if plain in INNER_KEYS:
            for inner in tokens:
                found = _argument(find_arguments(sight.sentence, inner), party)
                if found not in (NOWHERE, "subj") or (
                    found == "subj" and plain == "ccomp"
                ):
                    return f"{plain}>{found.partition(':')[0]}"
    head = head_of(sight.sentence, party)
    if head is not None and token in ancestors(sight.sentence, head):
        return "below"
    return NOWHERE


def _argument(arguments: Arguments, party: Collection[int]) -> str:
    best = NOWHERE
    for key, tokens in arguments.items():
        if any(t in party for t in tokens):
            if key in PLACES:
                return key
            best = key if ":" in key else best
    return best


def both_places(actor: str, recipient: str) -> str:
    """Return two places as one, prepositions left out: "subj-obl"."""
    return "-".join(place.partition(":")[0] for place in (actor, recipient))


def find_slots(
    sight: Sight, actors: Collection[int], recipients: Collection[int]
) -> str:
    """Return who stands in the slots of a frame: "ar" as it should be, "ra" turned.

    "b" where both stand in one slot, "-" where neither does.
    """
    return _holder(sight, actors) + _holder(sight, recipients)


def _holder(sight: Sight, slot: Collection[int]) -> str:
    actor, recipient = sight.actor & set(slot), sight.recipient & set(slot)
    if actor and recipient:
        return "b"
    return "a" if actor else "r" if recipient else "-"


def find_order(sight: Sight, token: int) -> str:
    """Return where a word stands to the two parties, and which of these comes first."""
    if not sight.actor or not sight.recipient:
        return "?"
    first, second = sorted((min(sight.actor), min(sight.recipient)))
    where = "before" if token < first else "after" if token > second else "between"
    turned = "ra" if min(sight.recipient) < min(sight.actor) else "ar"
    return f"{where} {turned}"


def steps_between(sight: Sight, token: int) -> str:
    """Return a word's steps from the heads of actor and recipient along the path."""
    first = head_of(sight.sentence, sight.actor)
    at = sight.path.index(token)
    start = sight.path.index(first) if first in sight.path else 0
    end = len(sight.path) - 1
    return f"{min(at - start, MAX_STEPS)} {min(end - at, MAX_STEPS)}"

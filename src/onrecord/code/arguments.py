"""Find the logical arguments of a word of acting, whatever the grammar around it.

Passives are turned round; subjects are inherited through control, coordination,
participles, relative clauses and adverbial clauses. Any tree will do, cycles included.
"""

from collections.abc import Mapping

from onrecord.model.annotation import Sentence
from onrecord.model.tree import dependents, governor, has_relation

# Grammar, not vocabulary: no word here decides what an act is.
_AGENT_MARK = "by"
# "accused Kyiv of shelling", "kept them from leaving": the object is who acts
_OBJECT_CONTROL_MARKS = frozenset({"of", "from", "for", "into"})
_BARE = frozenset({"obl", "obl:unmarked", "obl:npmod", "compound"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PLAIN = frozenset(
    {
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "amod",
        "advmod",
        "aux",
        "nummod",
        "compound",
        "det",
    }
)
_NOT_PLAIN = frozenset({"acl:relcl", "advcl:relcl", "compound:prt"})
_MAX_CLIMB = 12  # clauses between a verb and the subject it inherits

Arguments = Mapping[str, tuple[int, ...]]  # head words by logical role


def find_arguments(sentence: Sentence, token: int) -> Arguments:
    """Return the head words (0-based) of a word's arguments, by logical role.

    `subj` who acts (the agent phrase of a passive), `obj` (the subject of a passive),
    `iobj`, `poss`, `compound`, `det`, `amod`, `advmod`, `aux`, `nummod`, `ccomp`,
    `xcomp`, `advcl`, `acl`, and `obl:`/`nmod:`/`advcl:`/`acl:` with each preposition or
    subordinator ("obl:against"). Coordinated words are all there, relative pronouns are
    replaced by what they stand for, and a role nobody fills is left out.
    """
    found: dict[str, list[int]] = {}
    passive = is_passive(sentence, token)
    surface = _surface_subject(sentence, token)
    agents = _agents(sentence, token) if passive else surface
    _add(sentence, found, "subj", agents)
    _add(sentence, found, "obj", _objects(sentence, token))
    if passive:
        _add(sentence, found, "obj", surface)
    _add(sentence, found, "iobj", dependents(sentence, token, "iobj"))
    _add(sentence, found, "poss", _possessors(sentence, token))
    for child in sentence.children[token]:
        relation = sentence.tokens[child].deprel
        plain = relation.partition(":")[0]
        if plain in _PLAIN and relation not in _NOT_PLAIN:
            _add(sentence, found, plain, (child,))
        _add_oblique(sentence, found, child)
    _add_extracted(sentence, found, token)
    return {key: tuple(words) for key, words in found.items() if words}


def find_light_verb(sentence: Sentence, noun: int) -> int | None:
    """Return the verb that a noun of acting is the logical object of, or None.

    "launched an attack", "an attack was launched", "the attack launched by": whether
    that verb is light is for the caller's word list to say.
    """
    token = sentence.tokens[noun]
    above = governor(sentence, noun)
    for _ in range(_MAX_CLIMB):
        if above is None or not has_relation(token, "conj"):
            break
        token, above = sentence.tokens[above], governor(sentence, above)
    if above is not None and _is_verb(sentence, above):
        if has_relation(token, "obj"):
            return above
        if token.deprel == "nsubj:pass":
            return above
        if has_relation(token, "nsubj") and is_passive(sentence, above):
            return above
    for child in dependents(sentence, noun, "acl"):
        if _is_verb(sentence, child) and is_passive(sentence, child):
            return child
    return None


def is_passive(sentence: Sentence, token: int) -> bool:
    """Tell whether a verb is passive, as a clause or as a bare participle."""
    children = sentence.children[token]
    relations = {sentence.tokens[child].deprel for child in children}
    if relations & {"nsubj:pass", "csubj:pass", "aux:pass"}:
        return True
    word = sentence.tokens[token]
    if word.xpos != "VBN" or relations & {"aux", "obj"}:
        return False
    if has_relation(word, "acl", "amod", "advcl"):
        return "nsubj" not in relations
    above = governor(sentence, token)
    return (
        word.deprel == "conj"
        and above is not None
        and "nsubj" not in relations
        and any(
            sentence.tokens[child].deprel in {"nsubj:pass", "aux:pass"}
            for child in sentence.children[above]
        )
    )


def expand(sentence: Sentence, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Return `tokens` with everything coordinated under them."""
    found = list(dict.fromkeys(tokens))
    seen = set(found)
    for one in found:
        for child in sentence.children[one]:
            if sentence.tokens[child].deprel == "conj" and child not in seen:
                seen.add(child)
                found.append(child)
    return tuple(found)


def _objects(sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return the objects, or a bare noun that the reader took for a complement."""
    return dependents(sentence, token, "obj") or tuple(
        child
        for child in dependents(sentence, token, "xcomp")
        if sentence.tokens[child].upos in _NOMINAL
        and not dependents(sentence, child, "case", "mark", "cop", "nsubj")
    )


def _is_verb(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].upos in {"VERB", "AUX"}


def _possessors(sentence: Sentence, token: int) -> tuple[int, ...]:
    return tuple(
        child
        for child in sentence.children[token]
        if sentence.tokens[child].deprel == "nmod:poss"
    )


def _marks(sentence: Sentence, token: int) -> tuple[str, ...]:
    """Return the prepositions and subordinators of a word, in lower case."""
    return tuple(
        sentence.tokens[child].text.lower()
        for child in dependents(sentence, token, "case", "mark")
    )


def _add(
    sentence: Sentence, found: dict[str, list[int]], key: str, tokens: tuple[int, ...]
) -> None:
    """Add words and their conjuncts to a role, once each."""
    if not tokens:
        return
    words = found.setdefault(key, [])
    for one in expand(sentence, tokens):
        real = _antecedent(sentence, one)
        if real not in words:
            words.append(real)


def _add_oblique(sentence: Sentence, found: dict[str, list[int]], child: int) -> None:
    """Add a prepositional phrase under its preposition, and its conjuncts."""
    word = sentence.tokens[child]
    if not has_relation(word, "obl", "nmod", "advcl", "acl"):
        return
    kind = word.deprel.partition(":")[0]
    if word.deprel == "nmod:poss":
        return
    if kind in {"advcl", "acl"}:
        if word.deprel.endswith("relcl"):
            return
        for mark in _marks(sentence, child):
            _add(sentence, found, f"{kind}:{mark}", (child,))
        return
    marks = _marks(sentence, child)
    for one in expand(sentence, (child,)):
        for mark in _marks(sentence, one) or marks:
            key = f"{kind}:{mark}"
            words = found.setdefault(key, [])
            real = _antecedent(sentence, one)
            if real not in words:
                words.append(real)


def _add_extracted(sentence: Sentence, found: dict[str, list[int]], token: int) -> None:
    """Add the noun that a relative clause has moved out of the object's place."""
    word = sentence.tokens[token]
    above = governor(sentence, token)
    if above is None or word.deprel != "acl:relcl" or "obj" in found:
        return
    own_subject = dependents(sentence, token, "nsubj")
    if own_subject and not any(_is_relative(sentence, one) for one in own_subject):
        _add(sentence, found, "obj", (above,))


def _is_relative(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].xpos in _RELATIVE


def _antecedent(sentence: Sentence, token: int) -> int:
    """Return what a relative pronoun stands for, else the word itself."""
    if not _is_relative(sentence, token):
        return token
    above = governor(sentence, token)
    for _ in range(_MAX_CLIMB):
        if above is None:
            return token
        if sentence.tokens[above].deprel == "acl:relcl":
            noun = governor(sentence, above)
            return token if noun is None else noun
        above = governor(sentence, above)
    return token


def _agents(sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return the agent phrases of a passive; before a noun, "Iran" of "Iran-backed"."""
    describes = sentence.tokens[token].deprel == "amod"
    found = []
    for child in dependents(sentence, token, "obl", "compound"):
        relation = sentence.tokens[child].deprel
        marks = _marks(sentence, child)
        bare = describes and not marks and relation in _BARE
        if relation == "obl:agent" or _AGENT_MARK in marks or bare:
            found.append(child)
    return tuple(found)


def _surface_subject(sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return the grammatical subject of a word, inherited where it has none."""
    at: int = token
    seen: set[int] = set()
    for _ in range(_MAX_CLIMB):
        if at in seen:
            return ()
        seen.add(at)
        own = dependents(sentence, at, "nsubj", "csubj")
        if own:
            return tuple(_antecedent(sentence, one) for one in own)
        above = governor(sentence, at)
        if above is None:
            return ()
        match sentence.tokens[at].deprel.partition(":")[0]:
            case "xcomp" | "ccomp":
                controller = _controller(sentence, above)
            case "advcl":
                controlled = _OBJECT_CONTROL_MARKS & set(_marks(sentence, at))
                controller = _controller(sentence, above) if controlled else ()
            case "acl" | "amod":
                return _noun_subject(sentence, at, above)
            case "conj":
                controller = ()
            case _:
                return ()
        if controller:
            return controller
        at = above
    return ()


def _controller(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """Return the object that acts in the verb's complement ("urged Kyiv to sign")."""
    found = dependents(sentence, verb, "iobj") or dependents(sentence, verb, "obj")
    return tuple(_antecedent(sentence, one) for one in found)


def _noun_subject(sentence: Sentence, token: int, noun: int) -> tuple[int, ...]:
    """Return who acts in a clause that hangs on a noun.

    Participles and relative clauses: the noun. An infinitive ("a plan to attack"):
    whose plan it is, else who holds it.
    """
    word = sentence.tokens[token]
    infinitive = word.xpos == "VB" and word.deprel == "acl"
    if not infinitive:
        return (noun,) if sentence.tokens[noun].upos in _NOMINAL else ()
    owners = _possessors(sentence, noun)
    if owners:
        return owners
    verb = find_light_verb(sentence, noun)
    if verb is None or is_passive(sentence, verb):
        return ()
    return _surface_subject_of_light_verb(sentence, verb)


def _surface_subject_of_light_verb(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """Return the verb's own or coordinated subject."""
    at: int | None = verb
    for _ in range(_MAX_CLIMB):
        if at is None:
            return ()
        own = dependents(sentence, at, "nsubj")
        if own:
            return tuple(_antecedent(sentence, one) for one in own)
        if not has_relation(sentence.tokens[at], "conj", "xcomp"):
            return ()
        at = governor(sentence, at)
    return ()

"""Tell whether a time in a sentence is still to come."""

from onrecord.model.annotation import Token
from onrecord.understand.times_line import Line

MAX_CLIMB = 8  # heads from a word of time to its verb
MAX_LOOK = 14  # words looked at on either side where there is no tree
_VERBS = frozenset({"VERB", "AUX"})


def looks_ahead(line: Line, first: int, last: int) -> bool | None:
    """Tell whether the clause of pieces `first` to `last` speaks of what is to come.

    None: nothing says so or otherwise. With a tree the time's own verb decides;
    without, the nearest verb form before it in its clause, else the first behind it.
    """
    token = line.words[first].token
    if line.tokens[token].upos != "X":
        answer = _by_tree(line, token)
        if answer is not None:
            return answer
    before = _scan(line, range(first - 1, max(-1, first - 1 - MAX_LOOK), -1))
    if before is not None:
        return before
    return _scan(line, range(last, min(len(line.words), last + MAX_LOOK)))


def _by_tree(line: Line, at: int) -> bool | None:
    """Ask the nearest verb above the word and its auxiliaries."""
    tokens = line.tokens
    for _ in range(MAX_CLIMB):
        if tokens[at].upos in _VERBS:
            return _is_future(line, at)
        head = tokens[at].head
        if not 0 < head <= len(tokens) or head - 1 == at:
            return None
        at = head - 1
    return None


def _is_future(line: Line, verb: int) -> bool | None:
    tokens, times = line.tokens, line.times
    helpers = [t for t in tokens if t.head == verb + 1 and t.deprel.startswith("aux")]
    if any(t.text.lower().replace("’", "'") in times.future_cue for t in helpers):
        return not any(t.text.lower() in times.perfect for t in helpers)
    if _is_scheduled(line, verb) or _is_to(line, verb, helpers):
        return True
    if tokens[verb].xpos == "VBD" or any(t.xpos == "VBD" for t in helpers):
        return False
    if tokens[verb].xpos == "VB" and _planned(line, verb):
        return True
    if any(t.xpos in ("VBZ", "VBP", "VBN") for t in helpers) and not _goes_on(
        tokens[verb]
    ):
        return False
    return None


def _is_to(line: Line, verb: int, helpers: list[Token]) -> bool:
    """Tell whether the verb is that of "is to be held", "are to meet"."""
    tokens, times = line.tokens, line.times
    if not any(t.head == verb + 1 and t.text.lower() in times.to for t in tokens):
        return False
    return any(t.text.lower() in times.plan_cue for t in helpers) or (
        any(t.xpos == "VB" for t in helpers) and _planned(line, verb)
    )


def _is_scheduled(line: Line, verb: int) -> bool:
    """Tell whether the verb at `verb` is "scheduled" with "for" or "on" behind."""
    if line.tokens[verb].text.lower() not in line.times.scheduled:
        return False
    follower = line.tokens[verb + 1 : verb + 2]
    return any(t.text.lower() in line.times.scheduled_link for t in follower)


def _planned(line: Line, verb: int) -> bool:
    """Tell whether a word of planning governs the infinitive at `verb`."""
    head = line.tokens[verb].head
    if not 0 < head <= len(line.tokens):
        return False
    return line.tokens[head - 1].text.lower() in line.times.plan_cue


def _goes_on(token: Token) -> bool:
    return token.xpos == "VBG"


def _scan(line: Line, places: range) -> bool | None:
    """Return what the first verb form at `places` says, within the clause."""
    times, words = line.times, line.words
    for at in places:
        low = words[at].low
        if low in times.future_cue and not (words[at].is_capital and at):
            return line.low(at + 1) not in times.perfect
        if low in times.to and line.low(at - 1) in times.plan_cue:
            return True
        if low in times.scheduled and line.low(at + 1) in times.scheduled_link:
            return True
        if low in times.past_cue or (
            len(low) > 4
            and low.endswith("ed")
            and words[at].text.islower()
            and line.low(at + 1) not in times.to
        ):
            return False
        if low in times.clause_edge or low in (";", ":", "“", "”", '"'):
            return None
    return None

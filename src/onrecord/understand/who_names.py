"""The names and role nouns that stand in a sentence."""

from collections.abc import Mapping

import msgspec

from onrecord.lexicon.actor_entries import Use
from onrecord.lexicon.actors import ActorLexicon, Match
from onrecord.model.annotation import NominalKind, Sentence
from onrecord.model.tree import dependents, governor, has_relation
from onrecord.understand.who_tree import tagged_names, top_of

Tags = Mapping[int, tuple[range, str]]


class Names(msgspec.Struct, frozen=True):
    """Known names by word and by head word, role nouns and tagged names by word."""

    by_word: Mapping[int, Match]
    by_head: Mapping[int, Match]
    agents: Mapping[int, Match]
    tags: Tags
    tag_heads: frozenset[int]


def find_names(sentence: Sentence, actors: ActorLexicon) -> Names:
    """Return the known names and role nouns of a sentence.

    Inside a longer role noun ("national security council") a name is none; neither is
    it inside somebody's longer name ("Jim Jordan").
    """
    tags = tagged_names(sentence)
    found, nouns = actors.find([t.text for t in sentence.tokens])
    agents = {i: m for m in nouns for i in range(m.start, m.end)}
    kept = [
        m
        for m in found
        if not _is_in_agent(m, agents) and not _is_in_person(sentence, m, tags, agents)
    ]
    by_word = {i: m for m in kept for i in range(m.start, m.end)}
    runs = {words.start: words for words, kind in tags.values() if kind != "ORG"}
    return Names(
        by_word,
        {top_of(sentence, range(m.start, m.end)): m for m in kept},
        agents,
        tags,
        frozenset(top_of(sentence, run) for run in runs.values()) - by_word.keys(),
    )


def _is_in_agent(match: Match, agents: Mapping[int, Match]) -> bool:
    agent = agents.get(match.end - 1)
    return (
        agent is not None
        and agent.start <= match.start
        and agent.end - agent.start > match.end - match.start
    )


def _is_in_person(
    sentence: Sentence, match: Match, tags: Tags, agents: Mapping[int, Match]
) -> bool:
    tag = tags.get(match.start)
    if _is_full_name(match):
        return False
    if tag is not None and tag[1] == "PER":
        before = [i for i in range(tag[0].start, match.start) if i not in agents]
        after = range(match.end, tag[0].stop)
        return bool(before or after) and match.sense(Use.ADJECTIVE) is None
    if match.sense(Use.SURNAME) is None or match.start == 0 or tag is not None:
        return False
    first = match.start - 1
    joined = governor(sentence, first) == match.start or has_relation(
        sentence.tokens[match.start], "flat"
    )
    return sentence.tokens[first].upos == "PROPN" and joined and first not in agents


def _is_full_name(match: Match) -> bool:
    sense = match.sense(Use.NAME)
    person = sense is not None and sense.entry.kind is NominalKind.PERSON
    return person and match.end - match.start > 1


def name_around(sentence: Sentence, head: int) -> range:
    """Return the run of proper nouns, joined in one name, that holds `head`."""
    members = {head, *dependents(sentence, head, "flat", "compound", "goeswith")}
    first = last = head
    while first - 1 in members and sentence.tokens[first - 1].upos == "PROPN":
        first -= 1
    while last + 1 in members and sentence.tokens[last + 1].upos == "PROPN":
        last += 1
    return range(first, last + 1)

"""Whom a pronoun stands for: a phrase before it, the speaker in quotations.

Who "he" and "it" are is weighed (`who_coref`); "I" and "we" are who speaks; a relative
pronoun is what its clause describes.
"""

from collections.abc import Callable, Mapping

from onrecord.model.annotation import Sentence
from onrecord.model.tree import ancestors, governor, has_relation
from onrecord.understand.who_coref import Choose, options_for
from onrecord.understand.who_coref_nouns import DESCRIPTION, options_of
from onrecord.understand.who_coref_scene import Scene
from onrecord.understand.who_phrase import Key, Phrase

Complete = Callable[[Key], Phrase]


class Pronouns:
    """Resolves pronouns against the phrases completed so far."""

    def __init__(self, scene: Scene, choose: Choose) -> None:
        self.scene = scene
        self._choose = choose

    def resolve(
        self, phrase: Phrase, done: Mapping[Key, Phrase], complete: Complete
    ) -> Phrase | None:
        """Return the phrase that a pronoun stands for.

        `complete` completes a phrase further on: who speaks may stand behind.
        """
        person, _, sort = phrase.pronoun.partition(" ")
        if person == "relative":
            return _described(phrase, done, self.scene.sentences[phrase.key[0]])
        if person == "speaker":
            speaker = self.scene.speaker_at(phrase.nominal)
            if speaker is None:
                return self.scene.speaker
            return complete(speaker)
        options = options_for(phrase, sort, self.scene)
        found = self._choose(phrase, sort, options)
        if found is not None and sort in {"man", "woman"}:
            self.scene.gender.setdefault(found.nominal.entity_id, sort)
        return found

    def describes(self, phrase: Phrase) -> Phrase | None:
        """Return the phrase that a description goes back to."""
        return self._choose(phrase, DESCRIPTION, options_of(phrase, self.scene))


def _described(
    phrase: Phrase, done: Mapping[Key, Phrase], sentence: Sentence
) -> Phrase | None:
    """Return the phrase whose relative clause a pronoun stands in."""
    number, head = phrase.key
    for above in (head, *ancestors(sentence, head)):
        if has_relation(sentence.tokens[above], "acl", "advcl"):
            described = governor(sentence, above)
            found = None if described is None else done.get((number, described))
            return found if found is not phrase else None
    return None

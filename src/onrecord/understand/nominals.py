"""Find who is meant: every noun phrase and pronoun, resolved as far as words allow."""

from collections.abc import Sequence

from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Entity, Nominal, NominalKind, Sentence
from onrecord.model.document import Document
from onrecord.understand.quotations import find_quotations
from onrecord.understand.who_context import complete
from onrecord.understand.who_coref import Choose, chooser
from onrecord.understand.who_coref_scene import Scene
from onrecord.understand.who_local import read_phrases
from onrecord.understand.who_pronouns import Pronouns


def find_nominals(
    document: Document,
    sentences: tuple[Sentence, ...],
    *,
    kit: Kit,
    choose: Choose | None = None,
) -> tuple[Nominal, ...]:
    """Return the noun phrases and pronouns of a report in text order, one a head word.

    Names come from the actor lexicon, offices as held on the report's date. `choose`
    chooses whom a pronoun stands for, instead of the shipped weights.
    """
    lines = [
        read_phrases(
            number, sentence, document.text, document.date, kit.actors, kit.gazetteer
        )
        for number, sentence in enumerate(sentences)
    ]
    quotations = find_quotations(document.text, start=document.body_start).spans
    scene = Scene(sentences, lines, quotations, kit)
    pronouns = Pronouns(scene, choose or chooser(kit.coreference.weights))
    phrases = complete(sentences, lines, pronouns, kit.actors)
    return tuple(phrase.nominal for phrase in phrases)


def collect_entities(nominals: Sequence[Nominal]) -> tuple[Entity, ...]:
    """Return who a report speaks of, in the order of their first mention.

    What is only words (no name, no role noun, no country) is nobody. An entity has
    the fullest that any of its mentions says.
    """
    groups: dict[str, list[Nominal]] = {}
    for nominal in nominals:
        if nominal.kind is not NominalKind.OTHER and not _is_loose(nominal):
            groups.setdefault(nominal.entity_id, []).append(nominal)
    return tuple(_entity(entity_id, same) for entity_id, same in groups.items())


def _is_loose(nominal: Nominal) -> bool:
    """Tell whether a pronoun stands for nobody that is known."""
    return nominal.pronoun and nominal.antecedent is None


def _entity(entity_id: str, mentions: Sequence[Nominal]) -> Entity:
    named = next((m for m in mentions if not m.pronoun), mentions[0])
    return Entity(
        entity_id=entity_id,
        name=named.name,
        kind=named.kind,
        country=next((m.country for m in mentions if m.country), None),
        sectors=next((m.sectors for m in mentions if m.sectors), ()),
        mentions=tuple(m.span for m in mentions),
    )

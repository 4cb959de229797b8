"""A noun phrase on its way to a nominal."""

import msgspec

from onrecord.lexicon.actor_entries import ActorEntry
from onrecord.model.annotation import Nominal
from onrecord.model.ids import content_id

Key = tuple[int, int]  # sentence number, head word

# Sectors that say little: another word in the phrase may say more ("army chief").
VAGUE = frozenset({("GOV",), ("ELI",), (), ("MIL",), ("PTY",)})


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A nominal as far as it is known, and what is needed to know more.

    `noun` is its head word in lower case. `entry` is the lexicon's for its name,
    `agent` that of its role noun. `person` is the last part of a personal name;
    `named` tells that it has a name at all. `lands` are the countries that have a
    place of this name, the likeliest first; `likely` that the first is a place well
    known. `owners` are the heads of phrases that it
    may belong to, `places` of those where it stands. `foreign` tells that its words
    place it in no one country. `refers` is the phrase that it
    was resolved to.
    """

    nominal: Nominal
    noun: str
    entry: ActorEntry | None = None
    agent: ActorEntry | None = None
    person: str | None = None
    named: bool = False
    lands: tuple[str, ...] = ()
    likely: bool = False
    owners: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    pronoun: str = ""
    definite: bool = False
    plural: bool = False
    subject: bool = False
    foreign: bool = False
    refers: Key | None = None

    @property
    def key(self) -> Key:
        """Return where its head stands."""
        return self.nominal.sentence, self.nominal.head


def changed(phrase: Phrase, **fields: object) -> Phrase:
    """Return a phrase with fields of its nominal put anew."""
    nominal = msgspec.structs.replace(phrase.nominal, **fields)
    return msgspec.structs.replace(phrase, nominal=nominal)


def entity_id(name: str, country: str | None) -> str:
    """Return the id of what no entry knows: the same name, the same thing."""
    return content_id("ent", name.lower(), country)

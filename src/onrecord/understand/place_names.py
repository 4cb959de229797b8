"""Find the words that may name a place, and what they can mean."""

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.lexicon.gazetteer import Gazetteer, PlaceEntry, PlaceKind
from onrecord.lexicon.placenames import place_key
from onrecord.lexicon.placewords import PlaceWords
from onrecord.model.annotation import Nominal, NominalKind, Sentence, Token
from onrecord.model.span import Span

MAX_WORDS = 8  # of one name: "Democratic Republic of the Congo" has five
KNOWN_TOWN = 100_000  # inhabitants that make a name a place without other evidence
PLACED_TOWN = 5_000  # the same behind a locative preposition
TAGGED_ALTERNATE = 1_000  # the same where the reader tags a place; own names need none
MIN_SHOUTED = 5  # letters of a town in capitals ("PARIS"); fewer are initials
LOOSE = frozenset({PlaceKind.TOWN, PlaceKind.ADMIN1, PlaceKind.ADMIN2})
WHOLE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.STATE})
NAMED_WHOLE = frozenset({"lexicon", "surname"})  # bases that rest on the whole name


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Words `first`..`last` (exclusive) of a sentence and what they can mean."""

    sentence: int
    first: int
    last: int
    span: Span
    entries: tuple[PlaceEntry, ...]


def find_candidates(
    text: str,
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    gazetteer: Gazetteer,
) -> tuple[Candidate, ...]:
    """Return the candidates in text order; they do not overlap."""
    named = [n for n in nominals if _is_whole_name(n)]
    surnames = _surnames(sentences)
    found = []
    for number, sentence in enumerate(sentences):
        inside = [n for n in named if n.sentence == number]
        for candidate in _in_sentence(text, number, sentence, gazetteer):
            if any(_is_part(text, candidate.span, n) for n in inside):
                continue
            if candidate.span.of(text) in surnames:
                candidate = _without_loose(candidate)
            if candidate.entries:
                found.append(candidate)
    return tuple(found)


def _surnames(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the last words of the persons' names of two words or more."""
    found = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            ends = at + 1 == len(tokens) or tokens[at + 1].name_tag != "I-PER"
            if token.name_tag == "I-PER" and ends:
                found.add(token.text)
    return frozenset(found)


def _without_loose(candidate: Candidate) -> Candidate:
    """Return the candidate without towns and units: a person is called so here."""
    kept = tuple(e for e in candidate.entries if e.kind not in LOOSE)
    return msgspec.structs.replace(candidate, entries=kept)


def _is_whole_name(nominal: Nominal) -> bool:
    kinds = {NominalKind.PERSON, NominalKind.ORGANISATION, NominalKind.GROUP}
    return nominal.kind in kinds and nominal.basis in NAMED_WHOLE


def _is_part(text: str, span: Span, nominal: Nominal) -> bool:
    """Tell whether the span is a piece of the name of a person or organisation."""
    return nominal.span.covers(span) and span.of(text) in nominal.name


def _in_sentence(
    text: str, number: int, sentence: Sentence, gazetteer: Gazetteer
) -> Iterator[Candidate]:
    tokens = sentence.tokens
    first = 0
    while first < len(tokens):
        last, entries = _longest(text, tokens, first, gazetteer)
        if entries:
            yield Candidate(
                sentence=number,
                first=first,
                last=last,
                span=Span(tokens[first].start, tokens[last - 1].end),
                entries=entries,
            )
        first = last


def _longest(
    text: str, tokens: Sequence[Token], first: int, gazetteer: Gazetteer
) -> tuple[int, tuple[PlaceEntry, ...]]:
    """Return the end of the longest place name at `first`, and its entries.

    Without a place the end is that of a name which is none, or the next word.
    """
    if not tokens[first].text[0].isupper():
        return first + 1, ()
    words = gazetteer.words
    for last in _ends(tokens, first, words):
        name = text[tokens[first].start : tokens[last - 1].end]
        key = place_key(name)
        if key in words.whole_names:
            return last, ()
        if key in words.stop_names:
            continue
        entries = gazetteer.lookup(name)
        if _is_abbreviation(name):
            entries = _shouted(entries, at_start=first == 0)
        if not entries:
            continue
        kept = _supported(tokens, first, last, entries, words)
        if kept:
            return last, kept
    return first + 1, ()


def _is_abbreviation(name: str) -> bool:
    """Tell whether the words look like initials, which are no town ("HIV", "U.N.")."""
    return name.isupper() and sum(map(str.isalpha, name)) < MIN_SHOUTED


def _shouted(
    entries: tuple[PlaceEntry, ...], *, at_start: bool
) -> tuple[PlaceEntry, ...]:
    """Return what initials can mean; only a dateline shouts a town ("KYIV")."""
    return tuple(
        e
        for e in entries
        if e.kind not in LOOSE or (at_start and e.population >= KNOWN_TOWN)
    )


def _ends(tokens: Sequence[Token], first: int, words: PlaceWords) -> list[int]:
    """Return where a name that begins at `first` can end, the farthest first."""
    ends = []
    for at in range(first, min(first + MAX_WORDS, len(tokens))):
        word = tokens[at].text
        if word[0].isupper():
            ends.append(at + 1)
        elif word.lower() not in words.joiners:
            break
        elif word.isalpha():
            ends.append(at + 1)
    return ends[::-1]


def _supported(
    tokens: Sequence[Token],
    first: int,
    last: int,
    entries: tuple[PlaceEntry, ...],
    words: PlaceWords,
) -> tuple[PlaceEntry, ...]:
    """Return the entries that the words around and the reader's tags allow."""
    if _is_inside_name(tokens, first, last, words):
        return ()
    if first and tokens[first - 1].upos == "NUM" and tokens[first].text.isupper():
        return ()  # "575 B.C."
    tags = {t.name_tag[2:] for t in tokens[first:last]}
    firm = tuple(e for e in entries if e.kind not in LOOSE)
    loose = tuple(e for e in entries if e.kind in LOOSE)
    if _is_piece(tokens, first, last, words):
        loose = ()
        if "LOC" in tags and _continues(tokens, first, last):
            firm = tuple(e for e in firm if e.kind in WHOLE)
    placed = _is_placed(tokens, first, words)
    if tags & {"PER", "ORG"} and "LOC" not in tags:
        if _continues(tokens, first, last):
            return firm if _is_state_of_organ(tokens, first, last, words) else ()
        floor = PLACED_TOWN if placed else KNOWN_TOWN
        if "PER" in tags and not placed:
            return ()
        return firm + _enough(loose, floor, KNOWN_TOWN) if placed else firm
    if "LOC" in tags:
        return firm + _enough(loose, 0, TAGGED_ALTERNATE)
    if not _is_name(tokens[first:last], bool(firm)):
        return ()
    if not placed:
        loose = tuple(e for e in loose if not e.alternate)
    return firm + _enough(loose, PLACED_TOWN if placed else KNOWN_TOWN, KNOWN_TOWN)


def _is_name(tokens: Sequence[Token], listed: bool) -> bool:
    """Tell whether the reader takes the words for a name; listed phrases need not."""
    if listed and len(tokens) > 1:
        return True
    return any(t.upos in {"PROPN", "X"} for t in tokens)


def _enough(
    entries: tuple[PlaceEntry, ...], own: int, alternate: int
) -> tuple[PlaceEntry, ...]:
    """Return the units, and the towns with enough inhabitants for their name."""
    return tuple(
        e
        for e in entries
        if e.kind is not PlaceKind.TOWN
        or e.population >= (alternate if e.alternate else own)
    )


def _is_placed(tokens: Sequence[Token], first: int, words: PlaceWords) -> bool:
    before = tokens[first - 1] if first else None
    return before is not None and before.text.lower() in words.locative


def _continues(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether the reader's name is longer than the words."""
    return tokens[first].name_tag[0] == "I" or (
        last < len(tokens) and tokens[last].name_tag[0] == "I"
    )


def _is_piece(
    tokens: Sequence[Token], first: int, last: int, words: PlaceWords
) -> bool:
    """Tell whether the words are a piece of a longer name ("Abu" of "Abu Shok")."""
    if first and tokens[first].name_tag[0] == "I":
        before = tokens[first - 1]
        if before.text[0].isupper() and before.text.lower() not in words.qualifiers:
            return True
    if last >= len(tokens):
        return False
    after = tokens[last]
    word = after.text.lower()
    if word in words.unit_nouns or word in words.town_nouns:
        return False
    if not after.text[0].isupper():
        return after.name_tag[0] == "I" and word in words.joiners
    joined = after.head == last or tokens[last - 1].head == last + 1
    return after.upos == "PROPN" and (after.name_tag[0] == "I" or joined)


def _is_state_of_organ(
    tokens: Sequence[Token], first: int, last: int, words: PlaceWords
) -> bool:
    """Tell whether the words are the state in "US Congress"."""
    begins = tokens[first].name_tag[0] != "I"
    return begins and last < len(tokens) and tokens[last].text.lower() in words.organs


def _is_inside_name(
    tokens: Sequence[Token], first: int, last: int, words: PlaceWords
) -> bool:
    """Tell whether the words around make something else of the name."""
    after = tokens[last].text if last < len(tokens) else ""
    if after.lower() in words.spoilers:
        return True
    if after[:1].isupper() and after.lower() in words.after_name:
        return not _is_state_of_organ(tokens, first, last, words)
    back = first - 1
    while back > 0 and tokens[back].text.lower() in {"of", "the"}:
        back -= 1
    head = tokens[back].text if 0 <= back < first - 1 else ""
    return head[:1].isupper() and head.lower() in words.before_name

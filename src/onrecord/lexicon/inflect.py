"""Make the regular forms of English verbs and nouns.

Readers see inflected words and do not always know the lemma. Forms are made too many
rather than too few: "planed" beside "planned" harms nobody.
"""

import re

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)\Z")
_CONSONANT_Y = re.compile(r"[^aeiou]y\Z")
_SHORT_STOP = re.compile(r"(?:\A|[^aeiou])[aeiou][bdgklmnprt]\Z")


def inflect_verb(lemma: str) -> frozenset[str]:
    """Return the regular forms of a verb, the lemma among them.

    >>> sorted(inflect_verb("free"))
    ['free', 'freed', 'freeing', 'frees', 'freing']
    """
    forms = {lemma, _with_s(lemma)}
    stems = {lemma}
    if lemma.endswith("e"):
        forms |= {lemma + "d", lemma[:-1] + "ing"}
        if lemma.endswith("ee"):
            forms.add(lemma + "ing")
        elif lemma.endswith("ie"):
            forms.add(lemma[:-2] + "ying")
        return frozenset(forms)
    if _CONSONANT_Y.search(lemma):
        return frozenset(forms | {lemma[:-1] + "ied", lemma + "ing"})
    if _SHORT_STOP.search(lemma):
        stems.add(lemma + lemma[-1])
    if lemma.endswith("c"):
        stems.add(lemma + "k")
    return frozenset(forms | {stem + end for stem in stems for end in ("ed", "ing")})


def inflect_noun(lemma: str) -> frozenset[str]:
    """Return the singular and the regular plural of a noun."""
    return frozenset({lemma, _with_s(lemma)})


def _with_s(lemma: str) -> str:
    if _CONSONANT_Y.search(lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if _SIBILANT.search(lemma) else "s")

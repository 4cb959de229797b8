"""Find words of time in a report and say which days they mean.

A time counts from the report's date; where a text tells of years far from its date,
or has none, from the times it has told before. Without either it stays unresolved:
its value has X for what is not known and it has no days. Day and month without a year
are never completed from nothing. Slashed dates are read month first, as in American
reports, unless only the other order is a date.
"""

from msgspec.structs import replace

from onrecord.lexicon.kit import Kit
from onrecord.lexicon.numbers import NumberWords
from onrecord.lexicon.timewords import TimeWords
from onrecord.model.annotation import Sentence, Timex, TimexType
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.understand.times_context import Context, Resolved
from onrecord.understand.times_exprs import (
    Anchor,
    Calendar,
    Expr,
    Found,
    Offset,
    Shift,
)
from onrecord.understand.times_grammar import find_exprs
from onrecord.understand.times_line import Line
from onrecord.understand.times_tense import looks_ahead
from onrecord.understand.times_values import resolve
from onrecord.understand.words import split_words

FAR_YEARS = 2  # a date further from the report's year is of the past or the future
STRAY_YEARS = 15  # a bare year further off does not move a history
NEWS_WEIGHT = 3
OPENING = 5  # sentences
FAR_DATES = 3  # so many far dates, and more of them than near ones, make a history

Sketch = tuple[Line, tuple[Found, ...]]


def find_times(
    document: Document, sentences: tuple[Sentence, ...], *, kit: Kit
) -> tuple[Timex, ...]:
    """Return the words of time of a report with their values, in text order."""
    return times_in(document, sentences, times=kit.timewords, numbers=kit.numbers)


def times_in(
    document: Document,
    sentences: tuple[Sentence, ...],
    *,
    times: TimeWords,
    numbers: NumberWords,
) -> tuple[Timex, ...]:
    """Return the words of time of a report, given the words that tell of it."""
    sketches = _sketch(sentences, times, numbers)
    context = Context(report=document.date, history=_is_history(document, sketches))
    timexes: list[Timex] = []
    for number, (line, founds) in enumerate(sketches):
        context = replace(context, sentence_year=None, day_age=context.day_age + 1)
        for place, found in enumerate(founds):
            here = replace(
                context,
                ahead=looks_ahead(line, found.first, found.last),
                coming_year=_coming_year(founds[place + 1 :]),
            )
            resolved = resolve(found.expr, here)
            timexes.append(_timex(line, found, resolved, number))
            context = _go_on(context, found, resolved)
    return tuple(timexes)


def _sketch(
    sentences: tuple[Sentence, ...], times: TimeWords, numbers: NumberWords
) -> list[Sketch]:
    """Return each sentence's words and what they say of time, unresolved."""
    surnames = _surnames(sentences, times)
    sketches: list[Sketch] = []
    bc = False
    for sentence in sentences:
        line = Line(
            words=split_words(sentence),
            tokens=sentence.tokens,
            times=times,
            numbers=numbers,
            surnames=surnames,
            bc=bc,
        )
        founds = find_exprs(line)
        for found in founds:
            if isinstance(found.expr, Calendar) and found.expr.year is not None:
                bc = found.expr.bc
        sketches.append((line, founds))
    return sketches


def _surnames(sentences: tuple[Sentence, ...], times: TimeWords) -> frozenset[str]:
    """Return month words that this report uses as a person's name."""
    names: set[str] = set()
    for sentence in sentences:
        for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False):
            low = token.text.lower()
            if (
                low in times.month_guarded
                and token.text[0].isupper()
                and (
                    token.name_tag.endswith("PER") or _is_first_name(before.text, times)
                )
            ):
                names.add(low)
    return frozenset(names)


def _is_first_name(word: str, times: TimeWords) -> bool:
    """Tell whether a capitalised word in front makes a month word a surname."""
    low = word.lower().rstrip(".")
    return (
        word[0].isupper()
        and word[1:].islower()
        and low not in times.openers
        and low not in times.year_before
        and low not in times.bound
    )


def _is_history(document: Document, sketches: list[Sketch]) -> bool:
    """Tell whether the text's own dates lie far from the report's, or it has none.

    A weekday or "yesterday" makes it news at the opening; later on it weighs
    `NEWS_WEIGHT` named years.
    """
    if document.date is None:
        return True
    far = near = 0
    for number, (_, founds) in enumerate(sketches):
        for found in founds:
            expr = found.expr
            if _counts_from_report(found):
                if number < OPENING:
                    return False
                near += NEWS_WEIGHT
            elif isinstance(expr, Calendar) and expr.year:
                is_far = expr.bc or abs(expr.year - document.date.year) > FAR_YEARS
                far += is_far
                near += not is_far
    return far >= FAR_DATES and far > near


def _counts_from_report(found: Found) -> bool:
    """Tell whether the words are those of news: a weekday, "yesterday", "ago"."""
    expr = found.expr
    if isinstance(expr, Calendar):
        return expr.weekday is not None and expr.month is None
    if isinstance(expr, Shift):
        return expr.unit == "D" and expr.near.anchor is Anchor.REPORT
    return (
        isinstance(expr, Offset)
        and expr.near is not None
        and (expr.near.anchor is Anchor.REPORT)
    )


def _coming_year(founds: tuple[Found, ...]) -> int | None:
    """Return the year of the next full date of the sentence."""
    for found in founds:
        expr = found.expr
        if isinstance(expr, Calendar) and expr.year and expr.month and not expr.bc:
            return expr.year
    return None


def _timex(line: Line, found: Found, resolved: Resolved, number: int) -> Timex:
    words = line.words
    span = Span(words[found.first].start, words[found.last - 1].end)
    days = resolved.days
    return Timex(
        span=span,
        sentence=number,
        type=TimexType(resolved.type),
        value=resolved.value,
        start=days.start if days is not None else None,
        end=days.end if days is not None else None,
        granularity=resolved.granularity,
        rule=f"times/{found.rule}",
    )


def _go_on(context: Context, found: Found, resolved: Resolved) -> Context:
    """Return the context behind a time: the last day and year are its."""
    if resolved.type not in ("DATE", "TIME"):
        return context
    expr = found.expr
    if resolved.year is not None:
        context = _go_on_years(context, expr, resolved, resolved.year)
    if resolved.days is None or not isinstance(expr, Calendar | Shift | Offset):
        return context
    if not context.history and context.report and resolved.days.end > context.report:
        return context  # after a plan, "the same day" is still that of the news
    context = replace(context, last=resolved)
    if resolved.days.start == resolved.days.end:
        context = replace(context, day=resolved.days.start, day_age=0)
    return context


def _go_on_years(
    context: Context, expr: Expr, resolved: Resolved, year: int
) -> Context:
    """Take over the year and month of a time, unless it is a year far off.

    A history that names a book of 2004 or a treaty of 1648 is still in its own year.
    """
    named = isinstance(expr, Calendar) and expr.year is not None
    bare = named and resolved.granularity == "year"
    known = context.year
    if bare and known is not None and abs(year - known) > STRAY_YEARS:
        return context
    if resolved.granularity in ("decade", "century"):
        return context
    month = context.month if year == known else None
    if not bare and resolved.days is not None:
        month = resolved.days.start.month
    elif isinstance(expr, Calendar) and expr.month is not None:
        month = expr.month
    return replace(
        context,
        year=year,
        month=month,
        bc=resolved.bc,
        sentence_year=year if named and not resolved.bc else context.sentence_year,
    )

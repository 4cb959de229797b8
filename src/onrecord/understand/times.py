"""Find words of time in a report and say which days they mean.

A time counts from the report's date; where a text tells of years far from its date,
or has none, from the times it has told before. Without either it stays unresolved:
its value has X for what is not known and it has no days. Day and month without a year
are never completed from nothing. Slashed dates are read month first, as in American
reports, unless only the other order is a date.
"""

import datetime as dt

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
    Near,
    Offset,
    Shift,
)
from onrecord.understand.times_grammar import RANGE_BEGIN, RANGE_END, find_exprs
from onrecord.understand.times_line import Line
from onrecord.understand.times_tense import looks_ahead
from onrecord.understand.times_values import resolve
from onrecord.understand.words import split_words

FAR_YEARS = 2  # a date further from the report's year is of the past or the future
# What makes a history; set on histories of wars and a year and a half of news, which
# these numbers keep wholly apart.
FAR_DATES = 3
FAR_SHARE = 5
DATE_WEIGHT = 3
OPENING = 5  # sentences
STRAY_YEARS = 15  # a bare year further off does not move a history
FIRST_WORDS = 3  # a bare year among them sets the year of its sentence

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
        previous: Timex | None = None
        for place, found in enumerate(founds):
            here = replace(
                context,
                ahead=_is_ahead(line, found, previous, document.date),
                begun=line.low(found.first - 1) in times.begun,
                coming_year=_coming_year(founds[place + 1 :]),
            )
            expr = found.expr
            is_end = found.rule.endswith(RANGE_END)
            if is_end and isinstance(expr, Calendar):
                expr = _behind(expr, previous)
                here = replace(here, day=previous.start if previous else None)
            elif found.rule.endswith(RANGE_BEGIN) and here.ahead:
                expr = _begun(expr, founds[place + 1].expr, here)
            resolved = resolve(expr, here)
            timex = _timex(line, found, resolved, number)
            if is_end and previous is not None:
                timexes[-1], timex = _as_range(previous, timex)
            previous = timex
            timexes.append(timex)
            context = _go_on(context, found, resolved)
    return tuple(timexes)


def _is_ahead(
    line: Line, found: Found, previous: Timex | None, report: dt.date | None
) -> bool | None:
    """Tell whether a time is to come: by its clause, else as the one before it is."""
    if line.low(found.first - 1) in line.times.begun:
        return False
    ahead = looks_ahead(line, found.first, found.last)
    if ahead is None and previous is not None and previous.start and report:
        return previous.start > report or None
    return ahead


def _begun(first: Expr, last: Expr, context: Context) -> Expr:
    """Give the beginning of a range to come the year of its end: it may lie behind."""
    if not isinstance(first, Calendar) or not isinstance(last, Calendar):
        return first
    if first.month is None or last.month is None or first.year or first.year_near:
        return first
    year = resolve(last, context).year
    if year is None:
        return first
    crosses = (first.month, first.day or 1) > (last.month, last.day or 31)
    return replace(first, year=year - crosses)


def _as_range(first: Timex, last: Timex) -> tuple[Timex, Timex]:
    """Give both ends of a range the days of the whole; their values stay their own."""
    if first.start is None or last.end is None or first.start > last.end:
        return first, last
    return replace(first, end=last.end), replace(last, start=first.start)


def _behind(date: Calendar, first: Timex | None) -> Calendar:
    """Put the end of a range behind its beginning."""
    if first is None or first.start is None or date.year is not None:
        return date
    if date.weekday is not None and date.month is None:
        return replace(date, near=Near(Anchor.TEXT, 1))
    if date.month is None or date.near or date.year_near:
        return date
    begin = first.start
    crosses = (date.month, date.day or 31) < (begin.month, begin.day)
    return replace(date, year=begin.year + crosses)


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

    A month with its year, a weekday or "yesterday" weighs `DATE_WEIGHT` bare years;
    one of the latter at the opening makes it news.
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
                near += DATE_WEIGHT
            elif isinstance(expr, Calendar) and expr.year and not expr.bc:
                if abs(expr.year - document.date.year) <= FAR_YEARS:
                    near += 1
                else:
                    far += DATE_WEIGHT + 1 if expr.month else 1
            elif isinstance(expr, Calendar):
                far += expr.bc
    return far >= FAR_DATES and far > FAR_SHARE * near


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
        context = _go_on_years(context, found, resolved, resolved.year)
    if resolved.days is None or not isinstance(expr, Calendar | Shift | Offset):
        return context
    if not context.history and context.report and resolved.days.end > context.report:
        return context  # after a plan, "the same day" is still that of the news
    context = replace(context, last=resolved)
    if resolved.days.start == resolved.days.end:
        context = replace(context, day=resolved.days.start, day_age=0)
    return context


def _go_on_years(
    context: Context, found: Found, resolved: Resolved, year: int
) -> Context:
    """Take over the year and month of a time, unless it is a year far off.

    A history that names a book of 2004 or a treaty of 1648 is still in its own year.
    """
    expr = found.expr
    named = isinstance(expr, Calendar) and expr.year is not None
    sets = named and (resolved.granularity != "year" or found.first < FIRST_WORDS)
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
        sentence_year=year if sets and not resolved.bc else context.sentence_year,
    )

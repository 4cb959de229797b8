/** The state of a negotiation, as `onrecord.show.views.positions` sorts it out. */

import type { Issue, Move, PositionsAnswer } from '../../views/positions/shapes'
import { readFilters } from '../filters'
import { byKeys, byNumber, byText, byDay, down, on, tally } from '../order'
import type { Site } from '../site'
import { type Actor, type Found, type MovesFile, findMoves, isUnfiltered } from './found'
import { group } from './groups'
import { issueId } from './ids'
import { foldRepeats, linkAnswers, referBack, withoutMentions } from './links'
import { type Subject, likeness, nameOf, rarity, readSubjects, tellingWords, withoutTitles } from './words'

const LIMIT = 50
const WORDS = 8
const NAMED = 3
const LEAST = 2
const MOST_IDS = 50
const MOST_OTHERS = 50

export async function positionsOf(
  site: Site,
  query: URLSearchParams,
): Promise<PositionsAnswer> {
  const filters = readFilters(query, site.core.codes)
  const limit = Number(query.get('limit') ?? LIMIT)
  if (isUnfiltered(site, filters) && limit === LIMIT) {
    return site.load<PositionsAnswer>('positions')
  }
  const file = await site.load<MovesFile>('moves')
  const found = findMoves(site, file, filters)
  if (found.length === 0) return { issues: [], others: [], single: 0, more: 0 }
  return sortedOut(found, file, site, limit)
}

function sortedOut(
  found: readonly Found[],
  file: MovesFile,
  site: Site,
  limit: number,
): PositionsAnswer {
  const { grouping } = site.core.rules
  const moves = withoutMentions(found)
  const { filled: subjects, answers } = referBack(moves, readSubjects(moves, file, grouping))
  const rare = rarity(subjects)
  const alike = likeness(subjects, rare)
  const own = likeness(withoutTitles(subjects), rare)
  const links = linkAnswers(moves, subjects, own, answers, grouping.answer)
  const folded = foldRepeats(moves, own, grouping.repeat)
  const firsts = new Map(folded.flatMap((told) => told.map((at) => [at, told[0] ?? at])))
  const made = new Map(
    folded.map((told) => [told[0] ?? 0, moveOf(told.map((at) => moves[at] as Found))]),
  )
  for (const [at, asked] of links) {
    const [answer, question] = [made.get(firsts.get(at) ?? -1), made.get(firsts.get(asked) ?? -1)]
    if (answer !== undefined && question !== undefined) answer.answers = question.move_id
  }
  const kept = [...made.keys()].sort((a, b) => a - b)
  const issues = group(alike.of(kept), grouping.threshold).map((members) => {
    const places = members.map((at) => kept[at] ?? 0)
    const told = places.map((at) => subjects[at] as Subject)
    return issueOf(places.map((at) => made.get(at) as Move), tellingWords(told, rare, WORDS))
  })
  issues.sort(
    byKeys<Issue>(
      on(weightOf, down(byNumber)),
      on((issue) => issue.first, byDay),
      on((issue) => issue.issue_id, byText),
    ),
  )
  const shown = issues.filter((issue) => issue.moves.length >= LEAST)
  const single = issues.filter((issue) => issue.moves.length < LEAST)
  return {
    issues: shown.slice(0, limit),
    others: single
      .flatMap((issue) => issue.moves)
      .sort(inTime)
      .slice(0, MOST_OTHERS),
    single: single.length,
    more: Math.max(0, shown.length - limit),
  }
}

/** How much is going on: reports, answers and parties. */
function weightOf(issue: Issue): number {
  const answers = issue.moves.filter((move) => move.answers !== null).length
  const reports = new Set(issue.moves.map((move) => move.cite.doc_id)).size
  return 2 * reports + answers + Math.min(issue.parties.length, 2 * reports)
}

const inTime = byKeys<Move>(
  on((move) => move.day, byDay),
  on((move) => move.cite.doc_id, byText),
  on((move) => move.cite.sentence.start, byNumber),
  on((move) => move.move_id, byText),
)

function issueOf(moves: readonly Move[], words: string[]): Issue {
  const counts = tally(moves.flatMap((move) => move.actors))
  const days = moves.flatMap((move) => move.day ?? []).sort(byText)
  return {
    issue_id: issueId(moves.map((move) => move.move_id)),
    name: nameOf(words, moves.map((move) => move.cite.sentence.text), NAMED),
    words,
    parties: [...counts.keys()].sort(
      byKeys<string>(on((name) => counts.get(name) ?? 0, down(byNumber)), byText),
    ),
    moves: [...moves].sort(inTime),
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
  }
}

/** A move told once or more; the first telling is shown. */
function moveOf(told: readonly Found[]): Move {
  const one = told[0] as Found
  const actors = countriesOf(one.actors)
  const toward = countriesOf(told.flatMap((move) => move.recipients))
  return {
    move_id: one.event ?? one.statement ?? '',
    kind: one.kind,
    word: one.word.text,
    actors: [...actors.keys()],
    actor_countries: [...actors.values()],
    toward: [...toward.keys()],
    toward_countries: [...toward.values()],
    event_type: one.type,
    act: one.act,
    factuality: one.factuality,
    day: one.day,
    day_basis: one.day === null ? null : one.basis,
    answers: null,
    reports: new Set(told.map((move) => move.cite.doc_id)).size,
    event_ids: told.flatMap((move) => move.event ?? []).slice(0, MOST_IDS),
    statement_id: one.statement,
    cite: one.cite,
  }
}

/** The code of each party's country by its name. */
function countriesOf(parties: readonly Actor[]): Map<string, string | null> {
  const found = new Map<string, string | null>()
  for (const [name, , country] of parties) found.set(name, found.get(name) || country)
  return found
}

/** Which move answers which: `onrecord.show.views.positions_links`. */

import { grouped } from '../order'
import { type Actor, type Found, placeOf } from './found'
import type { Likeness, Subject } from './words'

const ASKING = ['demand', 'offer']
const ANSWERING = ['reject', 'accept', 'concede']

/** The moves that are told, not only mentioned. */
export function withoutMentions(moves: readonly Found[]): Found[] {
  const answered = new Set(
    moves.filter((move) => ANSWERING.includes(move.kind)).map(placeOf),
  )
  return moves.filter(
    (move) =>
      !ASKING.includes(move.kind) ||
      !move.mention ||
      !(answered.has(placeOf(move)) || move.refers),
  )
}

/** Subjects with what they refer to, and for each such move that one. */
export function referBack(
  moves: readonly Found[],
  subjects: readonly Subject[],
): { filled: Subject[]; answers: Map<number, number> } {
  const places = moves.map((_, at) => at)
  const asking = places.filter((at) => ASKING.includes(kindOf(moves, at)))
  const asked = grouped(asking, (at) => docOf(moves, at))
  const filled = [...subjects]
  const answers = new Map<number, number>()
  moves.forEach((move, at) => {
    const subject = subjects[at]
    if (!ANSWERING.includes(move.kind) || subject === undefined || !subject.refers) return
    const before = (asked.get(move.cite.doc_id) ?? []).filter((other) => {
      const one = moves[other] as Found
      return one.word.start < move.word.start && !meet(ids(move.actors), ids(one.actors))
    })
    let best: [pairs: number, at: number] | null = null
    for (const other of before) {
      const pairs = meets(moves, subjects, other, at)
      if (best === null || pairs > best[0] || (pairs === best[0] && other > best[1])) {
        best = [pairs, other]
      }
    }
    if (best === null) return
    answers.set(at, best[1])
    filled[at] = joined(subject, subjects[best[1]] as Subject)
  })
  return { filled, answers }
}

function kindOf(moves: readonly Found[], at: number): string {
  return moves[at]?.kind ?? ''
}

function docOf(moves: readonly Found[], at: number): string {
  return moves[at]?.cite.doc_id ?? ''
}

/** For each answer the demand or offer that it answers, by their places. */
export function linkAnswers(
  moves: readonly Found[],
  subjects: readonly Subject[],
  alike: Likeness,
  known: ReadonlyMap<number, number>,
  least: number,
): Map<number, number> {
  const links = new Map(known)
  const asking = moves.flatMap((move, at) => (ASKING.includes(move.kind) ? [at] : []))
  moves.forEach((move, at) => {
    if (!ANSWERING.includes(move.kind) || links.has(at)) return
    let best: [met: number, like: number, at: number] | null = null
    for (const other of asking) {
      const like = alike.at(at, other)
      if (like < least || !isBefore(moves[other] as Found, move)) continue
      const met = meets(moves, subjects, other, at)
      if (met === 0) continue
      // Of equals the first: places are looked at in order.
      if (best === null || met > best[0] || (met === best[0] && like > best[1])) {
        best = [met, like, other]
      }
    }
    if (best !== null) links.set(at, best[2])
  })
  return links
}

function ids(parties: readonly Actor[]): Set<string> {
  return new Set(parties.map(([, id, country]) => country || id))
}

function meet(one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): boolean {
  return [...one].some((item) => other.has(item))
}

function isBefore(asked: Found, answer: Found): boolean {
  if (asked.cite.doc_id === answer.cite.doc_id) return asked.word.start < answer.word.start
  return asked.day !== null && answer.day !== null && asked.day <= answer.day
}

/** How well parties cross: 2 for each toward the other, 1 where named. */
function meets(
  moves: readonly Found[],
  subjects: readonly Subject[],
  asked: number,
  answer: number,
): number {
  const [one, other] = [moves[answer] as Found, moves[asked] as Found]
  const who = ids(one.actors)
  if (meet(who, ids(other.actors))) return 0
  const crossed =
    Number(meet(who, ids(other.recipients))) + Number(meet(ids(one.recipients), ids(other.actors)))
  const [own, meant] = [subjects[answer] as Subject, subjects[asked] as Subject]
  return 2 * crossed || Number(meet(own.named, meant.own))
}

function joined(own: Subject, meant: Subject): Subject {
  const weights = new Map(meant.weights)
  for (const [concept, weight] of own.weights) {
    weights.set(concept, Math.max(weight / 2, weights.get(concept) ?? 0))
  }
  return { ...own, weights, forms: new Map([...own.forms, ...meant.forms]) }
}

/** The places of each move and of those that repeat it, the first first. */
export function foldRepeats(
  moves: readonly Found[],
  alike: Likeness,
  least: number,
): number[][] {
  const kept = new Map<string, number[][]>()
  const words = moves.map((move) => move.cite.sentence.text)
  moves.forEach((move, at) => {
    const who = [...new Set(move.actors.map(([, id]) => id))].sort()
    const key = JSON.stringify([move.kind, who])
    const same = kept.get(key) ?? []
    kept.set(key, same)
    let best: number[] | null = null
    for (const found of same) {
      const first = found[0] ?? 0
      const like = alike.at(first, at)
      if (like < least && words[first] !== words[at]) continue
      if (best === null || like > alike.at(best[0] ?? 0, at)) best = found
    }
    if (best === null) same.push([at])
    else best.push(at)
  })
  return [...kept.values()].flat().sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

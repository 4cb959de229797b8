/** Moves as threads of demands and answers, and as a table of where who stands. */

import type { Issue, Move } from './shapes'

/** A move with the moves that answer it, in order of time. */
export interface Thread {
  move: Move
  answers: Thread[]
  /** It answers a move that stands elsewhere. */
  elsewhere: boolean
}

/**
 * Return moves in their order, each answer under the move that it answers. Moves that
 * answer each other in a circle are not moved.
 */
export function threadMoves(moves: readonly Move[]): Thread[] {
  const threads = new Map(
    moves.map((move): [string, Thread] => [
      move.move_id,
      { move, answers: [], elsewhere: false },
    ]),
  )
  const roots: Thread[] = []
  for (const thread of threads.values()) {
    const asked = thread.move.answers === null ? undefined : threads.get(thread.move.answers)
    if (asked === undefined || circles(thread.move, threads)) {
      thread.elsewhere = asked === undefined && thread.move.answers !== null
      roots.push(thread)
    } else {
      asked.answers.push(thread)
    }
  }
  return roots
}

function circles(move: Move, threads: ReadonlyMap<string, Thread>): boolean {
  const seen = new Set<string>()
  let at: string | null = move.move_id
  while (at !== null) {
    if (seen.has(at)) return true
    seen.add(at)
    at = threads.get(at)?.move.answers ?? null
  }
  return false
}

export interface Stand {
  issue: Issue
  /** For each party of the table its last move on the issue. */
  last: (Move | null)[]
}

export interface Table {
  parties: string[]
  rows: Stand[]
  /** Parties that did not find room. */
  left: number
}

/** Return where who stands: the parties that move on the most issues come first. */
export function standings(issues: readonly Issue[], most: number): Table {
  const counts = new Map<string, { issues: number; moves: number }>()
  for (const issue of issues) {
    const here = new Set<string>()
    for (const actor of issue.moves.flatMap((move) => move.actors)) {
      const count = counts.get(actor) ?? { issues: 0, moves: 0 }
      count.moves += 1
      if (!here.has(actor)) count.issues += 1
      here.add(actor)
      counts.set(actor, count)
    }
  }
  const ordered = [...counts].sort(
    ([a, x], [b, y]) => y.issues - x.issues || y.moves - x.moves || (a < b ? -1 : 1),
  )
  const parties = ordered.slice(0, most).map(([name]) => name)
  return {
    parties,
    left: Math.max(0, ordered.length - most),
    rows: issues.map((issue) => ({
      issue,
      last: parties.map((name) => issue.moves.findLast((m) => m.actors.includes(name)) ?? null),
    })),
  }
}

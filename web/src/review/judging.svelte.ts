/**
 * Judgements on their way to the service. One that cannot be sent now stays in the
 * browser's tab until it can: a locked record or a lost connection loses nothing.
 */

import { ApiError, post } from '../lib/api'
import type { CellName, CellValues, Fix, Judgement, ReviewState } from './shapes'

const KEPT = 'onrecord-unsent'
const PAUSES = [2, 4, 8, 15, 30] // seconds between tries
const PASSING = [0, 401, 409, 429, 500, 502, 503, 504]

/** A judgement that was taken, with what stood before, so that it can be taken back. */
export interface Done {
  judgement: Judgement
  before: CellValues
}

interface Waiting extends Done {
  id: number
  /** It takes another one back, and is itself not to be taken back. */
  back: boolean
}

/** A judgement that the service refuses, which waiting does not mend. */
export interface Refused extends Done {
  reason: string
}

let waiting = $state<Waiting[]>(kept())
let refused = $state<Refused[]>([])
let why = $state<string | null>(null)
let done = $state<Done[]>([])
let states = $state<Record<string, ReviewState>>({})
let count = $state(0)
let sending = false
let tries = 0
let timer: ReturnType<typeof setTimeout> | undefined
let last = Date.now()

export const judged = {
  /** How many were taken: what rests on corrections is asked anew. */
  get count(): number {
    return count
  },
  get waiting(): number {
    return waiting.length
  },
  /** Why those that wait could not be sent; null while all is well. */
  get why(): string | null {
    return why
  },
  get refused(): readonly Refused[] {
    return refused
  },
  get done(): readonly Done[] {
    return done
  },
  /** The state of an event as the last answer had it. */
  stateOf(eventId: string): ReviewState | null {
    return states[eventId] ?? null
  },
}

export function judge(judgement: Judgement, before: CellValues, back = false): void {
  last += 1
  waiting = [...waiting, { id: last, judgement, before, back }]
  keep()
  void sendAll()
}

export function retry(): void {
  clearTimeout(timer)
  tries = 0
  void sendAll()
}

export function dismiss(one: Refused): void {
  refused = refused.filter((other) => other !== one)
}

/**
 * Take the last judgement back by another one; nothing is erased. Returns it, or null
 * where there is none. An accept changed nothing, so nothing is sent for it.
 */
export function undo(): Done | null {
  const unsent = waiting.findLast((one) => !one.back)
  if (unsent === undefined) {
    const one = done.at(-1) ?? null
    done = done.slice(0, -1)
    if (one !== null) sendBack(one)
    return one
  }
  if (sending && unsent.id === waiting[0]?.id) {
    // It is on its way: what takes it back goes after it.
    waiting = waiting.map((one) => (one.id === unsent.id ? { ...one, back: true } : one))
    sendBack(unsent)
  } else {
    waiting = waiting.filter((one) => one.id !== unsent.id)
    keep()
  }
  return unsent
}

function sendBack({ judgement, before }: Done): void {
  const { event_id } = judgement
  if (judgement.verdict === 'reject') {
    judge({ event_id, verdict: 'accept', fix: {}, note: null }, before, true)
  } else if (judgement.verdict === 'fix') {
    const changed = Object.keys(judgement.fix) as CellName[]
    // Another type drops a mode that it does not have.
    const cells: CellName[] = changed.includes('type') ? [...changed, 'mode'] : changed
    const fix = Object.fromEntries(cells.map((cell) => [cell, before[cell]])) as Fix
    judge({ event_id, verdict: 'fix', fix, note: null }, before, true)
  }
}

async function sendAll(): Promise<void> {
  if (sending) return
  sending = true
  clearTimeout(timer)
  try {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) await sendOne(next)
    why = null
    tries = 0
  } catch (failure) {
    why = failure instanceof Error ? failure.message : String(failure)
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 30
    tries += 1
    timer = setTimeout(() => void sendAll(), pause * 1000)
  } finally {
    sending = false
  }
}

async function sendOne(next: Waiting): Promise<void> {
  const { judgement, before } = next
  try {
    const answer = await post<{ state: ReviewState }>('review', judgement)
    states = { ...states, [judgement.event_id]: answer.state }
    const back = waiting.find((one) => one.id === next.id)?.back
    if (!back) done = [...done, { judgement, before }]
    count += 1
  } catch (failure) {
    if (!(failure instanceof ApiError) || PASSING.includes(failure.status)) throw failure
    refused = [...refused, { judgement, before, reason: failure.message }]
  }
  waiting = waiting.filter((one) => one.id !== next.id)
  keep()
}

function keep(): void {
  sessionStorage.setItem(KEPT, JSON.stringify(waiting))
}

function kept(): Waiting[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as Waiting[]
  } catch {
    return []
  }
}

if (kept().length > 0) void sendAll()

window.addEventListener('beforeunload', (event) => {
  if (waiting.length > 0) event.preventDefault()
})

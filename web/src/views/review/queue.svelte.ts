/** The events that a reviewer goes through: some at hand, more as they are judged. */

import { ApiError, ask, isAbort, writeQuery } from '../../lib/api'
import type { EventView } from '../../lib/types'
import type { Choices, Queue, QueueItem, ReviewState, Verdict } from '../../review/shapes'

const AT_HAND = 20

interface Asked {
  /** Only this event, whoever judged it. */
  one: string | null
  query: URLSearchParams
}

export function queue(request: () => Asked) {
  let items = $state.raw<readonly QueueItem[]>([])
  let choices = $state.raw<Choices | null>(null)
  let left = $state<number | null>(null)
  let at = $state(0)
  let error = $state.raw<ApiError | null>(null)
  let loading = $state(true)
  let tries = $state(0)
  let verdicts = $state<Record<string, Verdict>>({})
  let giveUp = new AbortController()
  let exhausted = false
  const wanted = $derived.by(() => {
    const { one, query } = request()
    return JSON.stringify({ one, query: writeQuery(query) })
  })

  async function load(keep: boolean): Promise<void> {
    giveUp.abort()
    giveUp = new AbortController()
    const { signal } = giveUp
    const { one, query } = JSON.parse(wanted) as { one: string | null; query: string }
    loading = true
    error = null
    try {
      const params = new URLSearchParams(query)
      params.set('limit', String(one === null ? AT_HAND : 1))
      const answer = await ask<Queue>('review/queue', params, signal)
      const found = one === null ? answer.items : [await single(one, signal)]
      const known = new Set(items.map((item) => item.event.event_id))
      const fresh = found.filter((item) => !known.has(item.event.event_id))
      items = keep ? [...items, ...fresh] : found
      exhausted = keep ? fresh.length === 0 : one !== null
      if (!keep) at = 0
      choices = answer.choices
      left = answer.left
    } catch (failure) {
      if (isAbort(failure) || signal.aborted) return
      error = failure instanceof ApiError ? failure : new ApiError(0, String(failure))
    }
    loading = false
  }

  $effect(() => {
    void wanted
    void tries
    verdicts = {}
    void load(false)
    return () => giveUp.abort()
  })

  return {
    get now(): QueueItem | null {
      return items[at] ?? null
    },
    get at() {
      return at
    },
    get size() {
      return items.length
    },
    get isLast() {
      return at >= items.length - 1 && exhausted
    },
    /** How many are left to judge, without those judged meanwhile. */
    get left() {
      if (left === null) return null
      return Math.max(left - Object.keys(verdicts).length, 0)
    },
    get choices() {
      return choices
    },
    get error() {
      return error
    },
    get loading() {
      return loading
    },
    verdictOf(eventId: string): Verdict | null {
      return verdicts[eventId] ?? null
    },
    mark(eventId: string, verdict: Verdict | null): void {
      const { [eventId]: _, ...others } = verdicts
      verdicts = verdict === null ? others : { ...others, [eventId]: verdict }
    },
    step(by: 1 | -1): void {
      if (at + by < 0) return
      if (at + by < items.length) at += by
      else if (!exhausted) void load(true).then(() => (at = Math.min(at + 1, items.length - 1)))
      if (at > items.length - AT_HAND / 4 && !exhausted && !loading) void load(true)
    },
    go(eventId: string): boolean {
      const found = items.findIndex((item) => item.event.event_id === eventId)
      if (found >= 0) at = found
      return found >= 0
    },
    retry(): void {
      tries += 1
    },
  }
}

/** One event as the queue has them, from what the service says of it elsewhere. */
async function single(eventId: string, signal: AbortSignal): Promise<QueueItem> {
  const id = encodeURIComponent(eventId)
  const [view, state] = await Promise.all([
    ask<EventView>(`events/${id}`, {}, signal),
    ask<ReviewState>(`review/state/${id}`, {}, signal),
  ])
  const { event, sentence, before, after, marks } = view
  const { values, corrections } = state
  return { event, sentence, before, after, marks, values, corrections }
}

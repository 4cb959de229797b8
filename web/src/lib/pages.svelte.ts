/** A long list of the service, of which more is asked for as it is scrolled. */

import { ApiError, type Query, ask, isAbort, writeQuery } from './api'
import type { Listing } from './types'

export interface Pages<T> {
  readonly items: readonly T[]
  readonly total: number | null
  readonly error: ApiError | null
  readonly loading: boolean
  readonly done: boolean
  more(): void
  retry(): void
}

/** Ask for the first page whenever `request` changes, for others on `more`. */
export function pages<T>(request: () => { path: string; query: Query } | null): Pages<T> {
  let items = $state.raw<readonly T[]>([])
  let total = $state<number | null>(null)
  let next = $state<string | null>(null)
  let error = $state.raw<ApiError | null>(null)
  let loading = $state(true)
  let giveUp = new AbortController()
  const wanted = $derived.by(() => {
    const now = request()
    return now === null ? null : `${now.path}?${writeQuery(now.query)}`
  })

  function load(asked: string, after: string | null): void {
    giveUp.abort()
    giveUp = new AbortController()
    const { signal } = giveUp
    const [path = '', query = ''] = asked.split('?', 2)
    const params = new URLSearchParams(query)
    if (after !== null) params.set('after', after)
    loading = true
    error = null
    ask<Listing<T>>(path, params, signal).then(
      (answer) => {
        items = after === null ? answer.items : [...items, ...answer.items]
        total = answer.total
        next = answer.next
        loading = false
      },
      (failure: unknown) => {
        if (isAbort(failure) || signal.aborted) return
        error = failure instanceof ApiError ? failure : new ApiError(0, String(failure))
        loading = false
      },
    )
  }

  $effect(() => {
    items = []
    total = null
    next = null
    if (wanted !== null) load(wanted, null)
    return () => giveUp.abort()
  })

  return {
    get items() {
      return items
    },
    get total() {
      return total
    },
    get error() {
      return error
    },
    get loading() {
      return loading
    },
    get done() {
      return !loading && next === null
    },
    more() {
      if (!loading && error === null && next !== null && wanted !== null) load(wanted, next)
    },
    retry() {
      if (wanted !== null) load(wanted, items.length ? next : null)
    },
  }
}

/** An answer of the service that follows what is asked, for use in a component. */

import { ApiError, type Query, ask, isAbort, writeQuery } from './api'

export interface Request {
  path: string
  query?: Query
}

/** `data` stays while the next answer is on its way, then `loading` is true. */
export interface Resource<T> {
  readonly data: T | null
  readonly error: ApiError | null
  readonly loading: boolean
  retry(): void
}

/** Milliseconds in which a further change takes the place of the one before. */
const PAUSE = 80

/**
 * Ask whenever what `request` reads changes; null asks nothing. An answer that is no
 * longer wanted is given up.
 */
export function resource<T>(request: () => Request | null): Resource<T> {
  let data = $state.raw<T | null>(null)
  let error = $state.raw<ApiError | null>(null)
  let loading = $state(true)
  let tries = $state(0)
  let begun = false
  // A string, so that a change elsewhere in the address asks nothing anew.
  const wanted = $derived.by(() => {
    const now = request()
    return now === null ? null : `${now.path}?${writeQuery(now.query ?? {})}`
  })

  $effect(() => {
    void tries
    if (wanted === null) {
      data = null
      error = null
      loading = false
      return
    }
    const [path = '', query = ''] = wanted.split('?', 2)
    const giveUp = new AbortController()
    loading = true
    error = null
    const start = () => {
      begun = true
      ask<T>(path, new URLSearchParams(query), giveUp.signal).then(
        (answer) => {
          data = answer
          loading = false
        },
        (failure: unknown) => {
          if (isAbort(failure) || giveUp.signal.aborted) return
          data = null
          error = failure instanceof ApiError ? failure : new ApiError(0, String(failure))
          loading = false
        },
      )
    }
    const timer = setTimeout(start, begun ? PAUSE : 0)
    return () => {
      clearTimeout(timer)
      giveUp.abort()
    }
  })

  return {
    get data() {
      return data
    },
    get error() {
      return error
    },
    get loading() {
      return loading
    },
    retry() {
      tries += 1
    },
  }
}

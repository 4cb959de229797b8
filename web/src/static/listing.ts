/** A page of a long list, as `onrecord.show.views.listing` cuts it. */

import { ApiError } from '../lib/api'
import type { Order } from './order'

const USUAL = 50

export interface Page<T> {
  rows: T[]
  total: number
  next: string | null
}

export function findPage<T extends { id: string }>(
  fitting: readonly T[],
  order: Order<T>,
  query: URLSearchParams,
  find: (id: string) => T | undefined,
): Page<T> {
  const limit = Number(query.get('limit') ?? USUAL)
  const after = query.get('after')
  const sorted = [...fitting].sort(order)
  let begin = 0
  if (after !== null) {
    const last = find(after)
    if (last === undefined) {
      throw new ApiError(400, `after: nothing here has the id '${after}'; begin anew`)
    }
    begin = sorted.findIndex((row) => order(row, last) > 0)
    if (begin < 0) begin = sorted.length
  }
  const rows = sorted.slice(begin, begin + limit)
  const more = sorted.length > begin + limit
  return { rows, total: sorted.length, next: more ? (rows.at(-1)?.id ?? null) : null }
}

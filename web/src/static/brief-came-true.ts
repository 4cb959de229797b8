/** New deeds that were told before as ahead: `brief_came_true.sql`. */

import type { Asked } from './brief'
import type { Fresh } from './brief-weight'
import type { HappeningRow } from './core'
import { daysBetween } from '../lib/words'
import { byKeys, byNumber, byText, down, first, on } from './order'

const SAME_WEEK = 7

/** Return for each deed, by its id, what it came true of. */
export function cameTrue(asked: Asked, weighed: readonly Fresh[]): Map<string, HappeningRow> {
  const days = asked.site.core.rules.brief.before_days
  const byDeed = new Map<string, HappeningRow[]>()
  for (const row of asked.happenings) {
    if (row.status !== 'ahead' || row.first_reported === null) continue
    if (row.first_reported >= asked.until) continue
    for (const actor of row.actors) {
      const key = keyOf(row, actor)
      const group = byDeed.get(key)
      if (group === undefined) byDeed.set(key, [row])
      else group.push(row)
    }
  }
  const found = new Map<string, HappeningRow>()
  for (const { row, part } of weighed) {
    if (part !== 'happened') continue
    const ahead = row.actors
      .flatMap((actor) => byDeed.get(keyOf(row, actor)) ?? [])
      .filter((one) => isBefore(one, row, days) && isOf(one, row))
    const best = first(
      ahead,
      byKeys<HappeningRow>(
        on((one) => (one.planned > 0 ? 1 : 0), down(byNumber)),
        on((one) => one.first_reported ?? '', down(byText)),
        on((one) => one.happening_id, byText),
      ),
    )
    if (best !== undefined) found.set(row.happening_id, best)
  }
  return found
}

function keyOf(row: HappeningRow, actor: string): string {
  return JSON.stringify([row.event_type, actor])
}

function isBefore(ahead: HappeningRow, deed: HappeningRow, days: number): boolean {
  const [first, last] = [ahead.first_reported, ahead.last_reported]
  const day = deed.first_reported
  if (first === null || last === null || day === null) return false
  return first < day && daysBetween(last, day) <= days
}

function isOf(ahead: HappeningRow, deed: HappeningRow): boolean {
  if (ahead.mode !== null && deed.mode !== null && ahead.mode !== deed.mode) return false
  if (shares(ahead.recipients, deed.recipients)) return true
  if (Math.min(ahead.recipients.length, deed.recipients.length) > 0) return false
  return shares(ahead.places, deed.places) || onOneDay(ahead, deed)
}

function onOneDay(ahead: HappeningRow, deed: HappeningRow): boolean {
  if (ahead.when_basis !== 'text' || deed.when_basis !== 'text') return false
  const { when_from: from, when_to: to } = ahead
  if (from === null || to === null || deed.when_from === null || deed.when_to === null) {
    return false
  }
  return daysBetween(from, to) <= SAME_WEEK && deed.when_from <= to && from <= deed.when_to
}

function shares(one: readonly string[], other: readonly string[]): boolean {
  return one.some((name) => other.includes(name))
}

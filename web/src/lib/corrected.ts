/** Who corrected an event: its cells name whoever read or decided them. */

import type { EventLine } from './types'

const PREFIX = 'review/'

export function correctedBy(event: EventLine): string[] {
  const readers = [
    ...event.cells.map((cell) => cell.rule),
    ...[...event.actors, ...event.recipients, ...event.attribution].map((party) => party.basis),
  ]
  const authors = readers.filter((rule) => rule.startsWith(PREFIX))
  return [...new Set(authors.map((rule) => rule.slice(PREFIX.length)))]
}

/** What the filters can be set to, as `onrecord.show.views.facets` counts it. */

import type { Facet, Facets } from '../lib/types'
import type { Core, Event, Party } from './core'
import { byKeys, byNumber, byText, down, on } from './order'

const MOST = 50

export function facets(core: Core, events: readonly Event[]): Facets {
  const names = (parties: readonly Party[]) => parties.map((party) => party.name)
  return {
    type: counted(events, (event) => [event.type]),
    mode: counted(events, (event) => [event.mode]),
    context: counted(events, (event) => event.contexts),
    factuality: counted(events, (event) => [event.factuality]),
    country: counted(events, (event) =>
      [...event.actors, ...event.recipients].map((party) => party.country),
    ),
    actor: counted(events, (event) => names(event.actors)),
    recipient: counted(events, (event) => names(event.recipients)),
    by: counted(events, (event) => names(event.by)),
    place: counted(events, (event) => event.places.map((place) => place.name)),
    outlet: counted(events, (event) => [core.report.get(event.doc)?.outlet ?? null]),
  }
}

function counted(
  events: readonly Event[],
  valuesOf: (event: Event) => readonly (string | null)[],
): Facet[] {
  const counts = new Map<string, number>()
  for (const event of events) {
    for (const value of new Set(valuesOf(event))) {
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return [...counts]
    .map(([value, count]): Facet => ({ value, count }))
    .sort(byKeys(on((f) => f.count, down(byNumber)), on((f) => f.value, byText)))
    .slice(0, MOST)
}

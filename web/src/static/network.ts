/** Who acts on whom, as `onrecord.show.views.network` has it. */

import type { Quad } from '../lib/words'
import type { NetworkAnswer, NetworkLink } from '../views/network/shapes'
import type { Core, Event, Party } from './core'
import { byKeys, byNumber, byText, down, on, round } from './order'

const USUAL = 60
const MOST_LINKS = 2_000

export function networkOf(
  core: Core,
  events: readonly Event[],
  query: URLSearchParams,
): NetworkAnswer {
  const limit = Number(query.get('limit') ?? USUAL)
  const links = new Map<string, NetworkLink>()
  const counts = new Map<string, number>()
  for (const event of events) {
    const parties = new Set<string>()
    for (const [source, target] of dyads(event)) {
      add(links, source, target, event)
      parties.add(source).add(target)
    }
    for (const party of parties) counts.set(party, (counts.get(party) ?? 0) + 1)
  }
  const shown = [...counts]
    .sort(byKeys(on(([, count]) => count, down(byNumber)), on(([id]) => id, byText)))
    .slice(0, limit)
  const ids = new Set(shown.map(([id]) => id))
  const found = [...links.values()]
    .filter(({ source, target }) => ids.has(source) && ids.has(target))
    .sort(
      byKeys<NetworkLink>(
        on((link) => link.count, down(byNumber)),
        on((link) => link.source, byText),
        on((link) => link.target, byText),
      ),
    )
  return {
    nodes: shown.map(([id, count]) => {
      const [name = id, country = null, sectors = null] = core.names[id] ?? []
      return { id, name, country, sectors: sectors ?? [], count }
    }),
    links: found
      .slice(0, MOST_LINKS)
      .map((link) => ({ ...link, score_sum: round(link.score_sum, 1) })),
    left: counts.size - shown.length,
    left_links: Math.max(found.length - MOST_LINKS, 0),
  }
}

function idOf(party: Party): string {
  return party.id ?? party.name
}

function dyads(event: Event): [string, string][] {
  const sources = new Set(event.actors.map(idOf))
  const targets = new Set(event.recipients.map(idOf))
  return [...sources].flatMap((source) =>
    [...targets].flatMap((target): [string, string][] =>
      source === target ? [] : [[source, target]],
    ),
  )
}

function add(
  links: Map<string, NetworkLink>,
  source: string,
  target: string,
  event: Event,
): void {
  const key = JSON.stringify([source, target])
  let link = links.get(key)
  if (link === undefined) {
    link = { source, target, count: 0, by_quad: {}, by_factuality: {}, score_sum: 0 }
    links.set(key, link)
  }
  link.count += 1
  link.by_factuality[event.factuality] = (link.by_factuality[event.factuality] ?? 0) + 1
  if (event.factuality !== 'happened') return
  const quad = `${event.quad as Quad}` as const
  link.by_quad[quad] = (link.by_quad[quad] ?? 0) + 1
  link.score_sum += event.score
}

/** Where the page is: its address, which back, forward and a shared link restore. */

import {
  type FilterName,
  type Filters,
  type Location,
  type View,
  filterQuery,
  readHash,
  toggled,
  withValues,
  writeHash,
} from './location'

let here = $state.raw<Location>(readHash(window.location.hash))

window.addEventListener('hashchange', () => {
  here = readHash(window.location.hash)
})

export const nav = {
  get view(): View {
    return here.view
  },
  get filters(): Filters {
    return here.filters
  },
  /** What the view was told beside the filters, such as `doc` or `step`. */
  get params(): Readonly<Record<string, string>> {
    return here.params
  },
  /** The event whose drawer is open. */
  get event(): string | null {
    return here.params['event'] ?? null
  },
  /** The statement whose drawer is open, and the report it stands in. */
  get statement(): { id: string; doc: string } | null {
    const { statement: id, in: doc } = here.params
    return id && doc ? { id, doc } : null
  },
}

function visit(next: Location, how: 'push' | 'replace'): void {
  const hash = writeHash(next)
  if (hash === writeHash(here)) return
  here = next
  if (how === 'push') history.pushState(null, '', hash)
  else history.replaceState(null, '', hash)
}

export function hrefOf(
  view: View,
  params: Record<string, string> = {},
  filters = here.filters,
): string {
  return writeHash({ view, filters, params })
}

/** Set filters; a step that `back` undoes. */
export function setFilters(filters: Filters): void {
  visit({ ...here, filters, params: closed(here.params) }, 'push')
}

export function toggleFilter(name: FilterName, value: string): void {
  setFilters(toggled(here.filters, name, value))
}

export function setFilter(name: FilterName, values: readonly string[]): void {
  setFilters(withValues(here.filters, name, values))
}

export function setWindow(since: string | null, until: string | null): void {
  const begun = withValues(here.filters, 'since', since ? [since] : [])
  setFilters(withValues(begun, 'until', until ? [until] : []))
}

/** Set what the view is told; null takes it out. */
export function setParams(
  change: Record<string, string | null>,
  how: 'push' | 'replace' = 'push',
): void {
  const params: Record<string, string> = { ...here.params }
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === '') delete params[name]
    else params[name] = value
  }
  visit({ ...here, params }, how)
}

/** Go to a view with the filters that are set. */
export function goTo(
  view: View,
  params: Record<string, string> = {},
  filters: Filters = here.filters,
): void {
  visit({ view, filters, params }, 'push')
}

const SHUT = { event: null, cell: null, statement: null, in: null }

/** Open the drawer of an event, at one of its cells if one is named. */
export function openEvent(eventId: string, cell?: string): void {
  openDrawer({ ...SHUT, event: eventId, cell: cell ?? null })
}

/** Open the drawer of a statement of a report. */
export function openStatement(docId: string, statementId: string): void {
  openDrawer({ ...SHUT, statement: statementId, in: docId })
}

function openDrawer(change: Record<string, string | null>): void {
  setParams(change, here.params['event'] || here.params['statement'] ? 'replace' : 'push')
}

export function closeDrawer(): void {
  setParams(SHUT)
}

/** The filters as the query of a request. */
export function filterParams(...leaveOut: FilterName[]): URLSearchParams {
  const query = filterQuery(here.filters)
  for (const name of leaveOut) query.delete(name)
  return query
}

function closed(params: Readonly<Record<string, string>>): Record<string, string> {
  const { event: _, cell: __, statement: ___, in: ____, ...others } = params
  return others
}

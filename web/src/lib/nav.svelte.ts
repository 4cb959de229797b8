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
  visit({ ...here, filters, params: without(here.params, 'event') }, 'push')
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

/** Open the drawer of an event, at one of its cells if one is named. */
export function openEvent(eventId: string, cell?: string): void {
  const change = { event: eventId, cell: cell ?? null }
  setParams(change, here.params['event'] ? 'replace' : 'push')
}

export function closeEvent(): void {
  setParams({ event: null, cell: null })
}

/** The filters as the query of a request. */
export function filterParams(...leaveOut: FilterName[]): URLSearchParams {
  const query = filterQuery(here.filters)
  for (const name of leaveOut) query.delete(name)
  return query
}

function without(
  params: Readonly<Record<string, string>>,
  name: string,
): Record<string, string> {
  const { [name]: _, ...others } = params
  return others
}

/**
 * What the page shows, as its address holds it:
 * `#/timeline?type=THREATEN&since=2022-01-24&event=evt-1`.
 *
 * It stands behind the hash, so that the same page works from a server and from a
 * folder of files.
 */

export const VIEWS = [
  'brief',
  'timeline',
  'map',
  'network',
  'positions',
  'numbers',
  'reports',
] as const

/** Where a reviewer judges events; it is there only where the service says so. */
export const REVIEW = 'review'

export type View = (typeof VIEWS)[number] | typeof REVIEW

/** Filters with several values, any of which fits. */
export const MANY = [
  'actor',
  'recipient',
  'country',
  'type',
  'mode',
  'context',
  'factuality',
  'by',
  'place',
  'story',
] as const

/** Filters with one value. */
export const SINGLE = ['since', 'until', 'min_confidence'] as const

export type ManyFilter = (typeof MANY)[number]
export type SingleFilter = (typeof SINGLE)[number]
export type FilterName = ManyFilter | SingleFilter

export type Filters = Partial<Record<FilterName, readonly string[]>>

/** A view, the filters that all views share, and what else the view was told. */
export interface Location {
  view: View
  filters: Filters
  params: Readonly<Record<string, string>>
}

const NAMES: readonly FilterName[] = [...MANY, ...SINGLE]

export function isFilter(name: string): name is FilterName {
  return (NAMES as readonly string[]).includes(name)
}

export function isSingle(name: FilterName): name is SingleFilter {
  return (SINGLE as readonly string[]).includes(name)
}

function isView(name: string): name is View {
  return name === REVIEW || (VIEWS as readonly string[]).includes(name)
}

/** Read an address's hash; what it does not say or says wrong is left out. */
export function readHash(hash: string): Location {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  const filters: Partial<Record<FilterName, string[]>> = {}
  const params: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    if (value === '') continue
    if (!isFilter(name)) params[name] = value
    else if (isSingle(name)) filters[name] = [value]
    else if (!filters[name]?.includes(value)) (filters[name] ??= []).push(value)
  }
  return { view: isView(path) ? path : 'brief', filters, params }
}

/** Write a location as an address's hash; the same location gives the same hash. */
export function writeHash(location: Location): string {
  const query = filterQuery(location.filters)
  for (const name of Object.keys(location.params).sort()) {
    const value = location.params[name]
    if (value) query.append(name, value)
  }
  const written = query.toString()
  return `#/${location.view}${written ? `?${written}` : ''}`
}

/** Return the filters as the query of a request. */
export function filterQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams()
  for (const name of NAMES) {
    for (const value of filters[name] ?? []) query.append(name, value)
  }
  return query
}

export function countFilters(filters: Filters): number {
  return NAMES.reduce((sum, name) => sum + (filters[name]?.length ?? 0), 0)
}

/** Return the filters with a value added, or taken out when it is there. */
export function toggled(filters: Filters, name: FilterName, value: string): Filters {
  const now = filters[name] ?? []
  if (now.includes(value)) return withValues(filters, name, now.filter((v) => v !== value))
  return withValues(filters, name, isSingle(name) ? [value] : [...now, value])
}

/** Return the filters with these values of one; none takes it out. */
export function withValues(
  filters: Filters,
  name: FilterName,
  values: readonly string[],
): Filters {
  const { [name]: _, ...others } = filters
  return values.length ? { ...others, [name]: values } : others
}

/** What the service answers under `/api`, answered from the files of a site. */

import { ApiError, type Transport, source } from '../lib/api'
import { briefOf } from './brief'
import { eventView, fitting, listEvents } from './events'
import { facets } from './facets'
import type { Load } from './files'
import { mapOf } from './map'
import { networkOf } from './network'
import { numbersOf } from './numbers'
import { positionsOf } from './positions/positions'
import { listReports, reportView } from './reports'
import { seriesOf } from './series'
import { type Site, openSite } from './site'

type Answer = (site: Site, query: URLSearchParams) => unknown

const LISTS: Record<string, Answer> = {
  record: ({ core }) => core.overview,
  facets: ({ core }, query) => facets(core, fitting(core, query)),
  events: listEvents,
  reports: listReports,
  brief: briefOf,
  series: seriesOf,
  map: ({ core }, query) => mapOf(fitting(core, query)),
  network: ({ core }, query) => networkOf(core, fitting(core, query), query),
  numbers: numbersOf,
  positions: positionsOf,
}

const ONES: Record<string, (site: Site, id: string) => Promise<unknown>> = {
  events: eventView,
  reports: reportView,
  async stories(site, id) {
    const found = await site.story(id)
    if (found === null) throw new ApiError(404, `no story '${id}' here`)
    return found
  },
}

export function fromSite(load: Load): Transport {
  let site: Promise<Site> | null = null
  return async (path, signal) => {
    site ??= openSite(load)
    const here = await site.catch((failure: unknown) => {
      site = null
      throw failure
    })
    source.texts = here.core.texts
    signal.throwIfAborted()
    const [address = '', query = ''] = path.split('?', 2)
    const [name = '', id] = address.split('/').map(decodeURIComponent)
    const one = id === undefined ? undefined : ONES[name]
    const list = id === undefined ? LISTS[name] : undefined
    if (one !== undefined && id !== undefined) return one(here, id)
    if (list !== undefined) return list(here, new URLSearchParams(query))
    throw new ApiError(404, 'This page has no server behind it, and that is not in its files.')
  }
}

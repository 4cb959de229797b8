/** What `/api/map` answers. */

import type { Factuality } from '../../lib/types'

/** How many events have each value; a value that none has is left out. */
export type CountsBy<K extends string> = Partial<Record<K, number>>

/** A place that is known to a town or closer. */
export interface MapPoint {
  name: string
  country: string | null
  geonameid: number | null
  lat: number
  lon: number
  precision: string
  count: number
  by_type: CountsBy<string>
  by_factuality: CountsBy<Factuality>
}

/** A region, a country or a sea; `lat` and `lon` are near its middle where known. */
export interface MapArea {
  name: string
  country: string | null
  geonameid: number | null
  precision: string
  count: number
  lat?: number | null
  lon?: number | null
  by_type?: CountsBy<string>
  by_factuality?: CountsBy<Factuality>
}

export interface MapAnswer {
  points: MapPoint[]
  areas: MapArea[]
  /** Events whose report says no place. */
  nowhere: number
  /** Points that a limit left out. */
  more?: number
}

/** Where events are, as `onrecord.show.views.map` has it. */

import type { MapAnswer, MapArea, MapPoint } from '../views/map/shapes'
import type { Event, Place } from './core'
import { byDay, byKeys, byNumber, byText, down, nullsLast, on } from './order'

const MOST = 2_000
const POINTS = ['point', 'city']
const RING = 'region'

type Counted = Omit<MapPoint, 'lat' | 'lon'> & { lat: number | null; lon: number | null }

export function mapOf(events: readonly Event[]): MapAnswer {
  const found = new Map<string, Counted>()
  for (const event of events) {
    const places = new Map(event.places.map((place) => [placeKey(place), place]))
    for (const place of places.values()) count(found, place, event)
  }
  const all = [...found.values()].sort(
    byKeys<Counted>(
      on((place) => place.count, down(byNumber)),
      on((place) => place.name, byText),
      on((place) => place.country, byDay),
      on((place) => place.geonameid, nullsLast(byNumber)),
    ),
  )
  const shown = all.slice(0, MOST)
  return {
    points: shown.filter(isPoint),
    areas: shown.filter((place) => !isPoint(place)).map(asArea),
    nowhere: events.filter((event) => event.places.length === 0).length,
    more: all.length - shown.length,
  }
}

function isPoint(place: Counted): place is MapPoint {
  return POINTS.includes(place.precision) && place.lat !== null
}

function asArea(place: Counted): MapArea {
  return place.precision === RING ? place : { ...place, lat: null, lon: null }
}

function placeKey(place: Place): string {
  const { name, country, geonameid, lat, lon, precision } = place
  return JSON.stringify([name, country, geonameid, lat, lon, precision])
}

function count(found: Map<string, Counted>, place: Place, event: Event): void {
  const { name, country, geonameid, lat, lon, precision } = place
  const key = JSON.stringify([name, country, geonameid, precision])
  let own = found.get(key)
  if (own === undefined) {
    own = {
      name,
      country,
      geonameid,
      lat,
      lon,
      precision,
      count: 0,
      by_type: {},
      by_factuality: {},
    }
    found.set(key, own)
  }
  own.lat ??= lat
  own.lon ??= lon
  own.count += 1
  own.by_type[event.type] = (own.by_type[event.type] ?? 0) + 1
  own.by_factuality[event.factuality] = (own.by_factuality[event.factuality] ?? 0) + 1
}

import { describe, expect, it } from 'vitest'
import { clusterPoints, happenedAt, radiusOf, type Laid } from '../../../src/views/map/cluster'
import { placeLabels } from '../../../src/views/map/labels'
import { loadLand } from '../../../src/views/map/land'
import {
  fitProjection,
  middleLongitude,
  pixelsOf,
  worldScale,
} from '../../../src/views/map/projection'
import type { MapAnswer, MapPoint } from '../../../src/views/map/shapes'
import { quadsOfTypes, sharesOf, slicePath } from '../../../src/views/map/shares'
import demo from '../../fixtures/map.json'

function point(name: string, count: number, byType: Record<string, number> = {}): MapPoint {
  return {
    name,
    country: null,
    geonameid: null,
    lat: 0,
    lon: 0,
    precision: 'city',
    count,
    by_type: byType,
    by_factuality: {},
  }
}

describe('shares of the quads', () => {
  it('counts types by their quad and leaves out unknown types', () => {
    expect(quadsOfTypes({ CONSULT: 2, AID: 1, ACCUSE: 3, ASSAULT: 4, OTHER: 9 })).toEqual([
      2, 1, 3, 4,
    ])
  })

  it('lays shares end to end and leaves out those of none', () => {
    expect(sharesOf([1, 0, 3, 0])).toEqual([
      { quad: 1, count: 1, from: 0, to: 0.25 },
      { quad: 3, count: 3, from: 0.25, to: 1 },
    ])
  })

  it('draws a quarter from twelve to three o’clock', () => {
    expect(slicePath(10, 0, 0.25)).toBe('M0,0L0,-10A10,10 0 0 1 10,0Z')
  })

  it('draws the whole as a closed circle', () => {
    expect(slicePath(10, 0, 1)).toBe('M0,-10A10,10 0 1 1 0,10A10,10 0 1 1 0,-10Z')
  })
})

describe('clusters', () => {
  const laid: Laid[] = [
    { point: point('Small', 1, { ACCUSE: 1 }), x: 104, y: 100 },
    { point: point('Large', 9, { CONSULT: 9 }), x: 100, y: 100 },
    { point: point('Far', 2), x: 400, y: 100 },
  ]

  it('joins points that would cover each other, at the place of the largest', () => {
    const clusters = clusterPoints(laid, 1)
    expect(clusters.map((c) => c.members.map((m) => m.name))).toEqual([
      ['Large', 'Small'],
      ['Far'],
    ])
    expect(clusters[0]).toMatchObject({ x: 100, count: 10, quads: [9, 0, 1, 0] })
  })

  it('parts them when the map is enlarged', () => {
    expect(clusterPoints(laid, 20)).toHaveLength(3)
  })

  it('does not depend on the order of the points', () => {
    expect(clusterPoints([...laid].reverse(), 1)).toEqual(clusterPoints(laid, 1))
  })

  it('counts what happened apart', () => {
    const [a, b] = [point('A', 3), point('B', 2)]
    expect(
      happenedAt([
        { ...a, by_factuality: { happened: 1, planned: 2 } },
        { ...b, by_factuality: { denied: 2 } },
      ]),
    ).toBe(1)
  })

  it('gives four times the events twice the radius', () => {
    expect(radiusOf(400, 400) / radiusOf(100, 400)).toBeCloseTo(2)
  })
})

describe('labels', () => {
  it('moves a name to the left where the right is taken', () => {
    const labels = placeLabels(
      [
        { key: 'a', text: 'Kyiv', x: 100, y: 50, radius: 6 },
        { key: 'b', text: 'Dnipro', x: 125, y: 50, radius: 6 },
      ],
      300,
      100,
    )
    expect(labels.map(({ key, side }) => [key, side])).toEqual([
      ['a', 'left'],
      ['b', 'right'],
    ])
  })

  it('lets the first names cover discs that come after them', () => {
    const wanted = [
      { key: 'a', text: 'Kyiv', x: 60, y: 10, radius: 6 },
      ...[20, 75, 100].map((x) => ({ key: `${x}`, text: 'x'.repeat(90), x, y: 10, radius: 9 })),
    ]
    expect(placeLabels(wanted, 200, 20)).toEqual([])
    expect(placeLabels(wanted, 200, 20, 1).map(({ key, side }) => [key, side])).toEqual([
      ['a', 'right'],
    ])
  })

  it('leaves out what fits nowhere', () => {
    expect(placeLabels([{ key: 'a', text: 'Kyiv', x: 5, y: 5, radius: 4 }], 12, 10)).toEqual([])
  })
})

describe('projection', () => {
  it('turns to the middle of places on both sides of the date line', () => {
    expect(middleLongitude([170, -170])).toBe(-180)
    expect(middleLongitude([10, 30])).toBe(20)
  })

  it('is not turned where places are all over the world', () => {
    expect(middleLongitude([-120, -70, 0, 30, 100, 145])).toBe(0)
  })

  it('holds all places within the margin', () => {
    const spots = [
      { lat: 50.45, lon: 30.52 },
      { lat: 46.2, lon: 6.14 },
    ]
    const projection = fitProjection(spots, 800, 500)
    for (const { lat, lon } of spots) {
      const [x = -1, y = -1] = projection([lon, lat]) ?? []
      expect(x).toBeGreaterThanOrEqual(47)
      expect(x).toBeLessThanOrEqual(753)
      expect(y).toBeGreaterThanOrEqual(47)
      expect(y).toBeLessThanOrEqual(453)
    }
  })

  it('does not enlarge a single place without end', () => {
    const projection = fitProjection([{ lat: 50, lon: 30 }], 800, 500)
    const [west = 0] = projection([23, 50]) ?? []
    expect(west).toBeGreaterThan(0)
    expect(worldScale(projection, 800, 500)).toBeLessThan(0.1)
  })

  it('shows the world where there is no place', () => {
    expect(worldScale(fitProjection([], 800, 500), 800, 500)).toBe(1)
  })

  it('measures kilometres: a degree of latitude is 111 of them', () => {
    const projection = fitProjection([{ lat: 0, lon: 0 }], 800, 500)
    const [, y0 = 0] = projection([0, 0]) ?? []
    const [, y1 = 0] = projection([0, 1]) ?? []
    expect(pixelsOf(projection, { lat: 0, lon: 0 }, 111.19)).toBeCloseTo(y0 - y1, 1)
  })
})

describe('what is drawn', () => {
  it('loads land without any country', async () => {
    const land = await loadLand()
    expect(land.type).toBe('MultiPolygon')
    expect(land.coordinates.length).toBeGreaterThan(100)
  })

  it('has points for known places only', () => {
    const answer: MapAnswer = demo as MapAnswer
    expect(answer.points.every((p) => ['city', 'point', 'site'].includes(p.precision))).toBe(true)
    expect(answer.areas.map((a) => a.precision)).toContain('country')
  })
})

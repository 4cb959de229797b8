import { expect, test } from 'vitest'

import type { Counts, SeriesPoint } from '../../src/lib/types'
import { labelled, stack, stepFor, ticks, typeRows } from '../../src/views/timeline/scales'

const none: Counts = { happened: 0, planned: 0, hypothetical: 0, negated: 0, denied: 0 }

function point(start: string, quads: [number, number, number, number]): SeriesPoint {
  return { start, end: start, counts: none, score: 0, quads, types: [] }
}

test('ticks are round and reach the highest bar', () => {
  expect(ticks(17)).toEqual([0, 5, 10, 15, 20])
  expect(ticks(3)).toEqual([0, 1, 2, 3])
  expect(ticks(0)).toEqual([0])
  expect(ticks(123_456).at(-1)).toBe(150_000)
})

test('a step is as long as the span needs', () => {
  expect(stepFor('2022-01-01', '2022-01-29')).toBe('day')
  expect(stepFor('2021-01-01', '2022-01-29')).toBe('week')
  expect(stepFor('1990-01-01', '2022-01-29')).toBe('month')
  expect(stepFor(null, '2022-01-29')).toBe('day')
})

test('quads are stacked without gaps, empty ones left out', () => {
  expect(stack(point('2022-01-01', [2, 0, 3, 1]))).toEqual([
    { quad: 1, from: 0, to: 2 },
    { quad: 3, from: 2, to: 5 },
    { quad: 4, from: 5, to: 6 },
  ])
})

test('labels keep their distance', () => {
  const points = Array.from({ length: 10 }, () => point('2022-01-01', [0, 0, 0, 0]))
  expect(labelled(points, 300, 76)).toEqual([0, 3, 6, 9])
  expect(labelled(points, 3000, 76)).toHaveLength(10)
})

test('a row of a type counts each factuality apart', () => {
  const types = (happened: number, denied: number) => [
    { event_type: 'AID', quad: 2, counts: { ...none, happened, denied }, score: 0 },
  ]
  const rows = typeRows([
    { ...point('2022-01-01', [0, 2, 0, 0]), types: types(2, 1) },
    { ...point('2022-01-02', [0, 0, 0, 0]), types: [] },
    { ...point('2022-01-03', [0, 3, 0, 0]), types: types(3, 0) },
  ])
  expect(rows).toEqual([
    { type: 'AID', quad: 2, counts: { ...none, happened: 5, denied: 1 }, happened: [2, 0, 3] },
  ])
})

import { describe, expect, test } from 'vitest'

import { findParts } from '../../src/static/changes'
import { lower } from '../../src/static/filters'
import { byText, nullsLast, round } from '../../src/static/order'
import { issueId } from '../../src/static/positions/ids'
import { fillWords, unpackRow } from '../../src/static/unpack'

describe('rounding is Python’s', () => {
  test.each([
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.675, 2, 2.67],
    [0.25, 1, 0.2],
    [-0.25, 1, -0.2],
    [0.35, 1, 0.3],
    [1.5, 0, 2],
    [2.5, 0, 2],
  ])('%f to %i digits', (value, digits, rounded) => {
    expect(round(value, digits)).toBe(rounded)
  })
})

test('texts are in order of their code points', () => {
  const texts = ['\u{1F600}', '\uFFFD', 'b', 'B', 'é', '']
  expect([...texts].sort(byText)).toEqual(['', 'B', 'b', 'é', '\uFFFD', '\u{1F600}'])
})

test('what is absent comes last', () => {
  expect(['b', null, 'a'].sort(nullsLast(byText))).toEqual(['a', 'b', null])
})

test('small letters are made one by one', () => {
  expect(lower('STRASSE İZMİR ẞ')).toBe('strasse izmir ß')
})

test('an issue has the id that Python gives it', () => {
  expect(issueId(['evt-2', 'evt-1'])).toBe('iss-3e102d4071ce3a1fa609')
  const many = Array.from({ length: 9 }, (_, at) => `evt-${String(at).padStart(20, '0')}`)
  expect(issueId(many)).toBe('iss-c203d4624ead737af11f')
})

test('a rate that changes is found where Python finds it', () => {
  const parts = findParts([1, 0, 2, 1, 0, 1, 9, 8, 11, 10, 9, 12])
  expect(parts.map(({ start, end }) => [start, end])).toEqual([
    [0, 6],
    [6, 12],
  ])
  expect(parts[1]?.gain).toBeCloseTo(23.053581618162706, 9)
  expect(findParts([2, 2, 1, 3, 2])).toHaveLength(1)
  expect(findParts([])).toEqual([])
})

test('a packed row comes back, with the words of its sentence', () => {
  const packed = {
    keys: [
      ['start', 'end', 'text'],
      ['sentence', 'actor', 'sure'],
    ],
    pool: [true, '\u{1F600} NATO agreed', [1, -6, -19, 1], [1, -8, -12, 0], 0.5, [2, 2, 3, 4]],
    rows: [5],
  }
  const row = unpackRow<{ sentence: { start: number; text: string } }>(packed, 0)
  fillWords(row, row.sentence)
  expect(row).toEqual({
    sentence: { start: 5, end: 18, text: '\u{1F600} NATO agreed' },
    actor: { start: 7, end: 11, text: 'NATO' },
    sure: 0.5,
  })
})

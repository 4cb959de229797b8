import { describe, expect, test } from 'vitest'

import { counted, days, daysBetween, joined, quantityWords, shiftDay } from '../../src/lib/words'

describe('days', () => {
  test('are told as shortly as they can be', () => {
    expect(days('2022-01-28', '2022-01-28')).toBe('28 Jan 2022')
    expect(days('2022-01-28', '2022-01-29')).toBe('28 to 29 Jan 2022')
    expect(days('2022-01-28', '2022-02-01')).toBe('28 Jan to 1 Feb 2022')
    expect(days('2021-12-31', '2022-01-01')).toBe('31 Dec 2021 to 1 Jan 2022')
  })

  test('are shifted over the end of a month', () => {
    expect(shiftDay('2022-01-31', 1)).toBe('2022-02-01')
    expect(shiftDay('2022-03-01', -1)).toBe('2022-02-28')
    expect(daysBetween('2022-01-31', '2022-03-01')).toBe(29)
  })
})

test('counts agree with what is counted', () => {
  expect(counted(1, 'story', 'stories')).toBe('1 story')
  expect(counted(12_300, 'report')).toBe('12,300 reports')
})

test('names are joined as in a sentence', () => {
  expect(joined([])).toBe('')
  expect(joined(['Kyiv', 'Minsk', 'Moscow'])).toBe('Kyiv, Minsk and Moscow')
})

test('a quantity has its bounds or its modifier', () => {
  const span = { start: 0, end: 1, text: 'x' }
  const troops = { ...span, value: 100_000, low: null, high: null, of: 'troops' }
  expect(quantityWords({ ...troops, modifier: 'about' })).toBe('about 100,000 troops')
  expect(quantityWords({ ...troops, low: 5, high: 7, of: null, modifier: 'exact' })).toBe('5 to 7')
})

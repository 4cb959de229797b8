import { describe, expect, test } from 'vitest'

import { codePoints, slicePoints, utf16Places } from '../../src/lib/offsets'

describe('places in a text', () => {
  test('are the same where every character is one unit', () => {
    expect(slicePoints('Kyiv said no', 5, 9)).toBe('said')
    expect(utf16Places('Kyiv')(4)).toBe(4)
  })

  test('count a character beyond the basic plane as two units', () => {
    const place = utf16Places('a😀b')
    expect([0, 1, 2, 3].map(place)).toEqual([0, 1, 3, 4])
    expect(slicePoints('a😀b', 2, 3)).toBe('b')
  })

  test('stay within the text', () => {
    expect(utf16Places('ab')(9)).toBe(2)
    expect(utf16Places('a😀')(9)).toBe(3)
    expect(utf16Places('ab')(-1)).toBe(0)
  })

  test('code points are counted, not units', () => {
    expect(codePoints('a😀b')).toBe(3)
    expect(codePoints('')).toBe(0)
  })
})

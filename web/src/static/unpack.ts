/** Rows that `onrecord site` packed: what is the same is written once. */

import { slicePoints } from '../lib/offsets'

type Scalar = string | number | boolean | null

export interface Packed {
  keys: string[][]
  pool: (Scalar | number[])[]
  rows: number[]
}

type Json = Scalar | Json[] | { [key: string]: Json }

interface Words {
  start: number
  text: string
}

/** Return a row; nothing of it is shared with another, so that it may be changed. */
export function unpackRow<T>(packed: Packed, at: number): T {
  return node(packed, packed.rows[at] ?? -1) as T
}

export function unpackAll<T>(packed: Packed): T[] {
  return packed.rows.map((_, at) => unpackRow<T>(packed, at))
}

function node(packed: Packed, place: number): Json {
  if (place < 0) return -1 - place
  const value = packed.pool[place]
  if (value === undefined) throw new Error(`a packed row points at ${place}, where nothing is`)
  if (!Array.isArray(value)) return value
  const [kind = 0, ...parts] = value
  const inner = parts.map((part) => node(packed, part))
  if (kind === 0) return inner
  const keys = packed.keys[kind - 1] ?? []
  return Object.fromEntries(keys.map((key, at) => [key, inner[at] ?? null]))
}

/** Put back the words that spans have in a sentence; changes `value`. */
export function fillWords(value: unknown, sentence: Words): void {
  if (Array.isArray(value)) {
    for (const item of value) fillWords(item, sentence)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const span = value as Record<string, unknown>
  if (span['text'] === true) {
    const [start, end] = [Number(span['start']), Number(span['end'])]
    span['text'] = slicePoints(sentence.text, start - sentence.start, end - sentence.start)
  }
  for (const item of Object.values(span)) fillWords(item, sentence)
}

/** What a move is about: `onrecord.show.views.positions_words`. */

import { codePoints } from '../../lib/offsets'
import type { Rules } from '../core'
import { byKeys, byNumber, byText, down, first, grouped, on } from '../order'
import { type Found, type MovesFile, isUpper, placeOf } from './found'

const WORD = /[\p{L}\p{Nl}\p{No}]+(?:['’-][\p{L}\p{Nl}\p{No}]+)*/gu
const PERSONS = ['per-', 'ent-']

/** Words of a move by concept, each with its weight and how it is written. */
export interface Subject {
  weights: Map<number, number>
  forms: Map<number, string>
  own: Set<number>
  named: Set<number>
  refers: boolean
}

interface Word {
  text: string
  /** In code points. */
  start: number
}

function wordsOf(text: string): Word[] {
  let [units, points] = [0, 0]
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => {
    points += codePoints(text.slice(units, index))
    units = index
    return { text: word, start: points }
  })
}

export function readSubjects(
  moves: readonly Found[],
  file: MovesFile,
  grouping: Rules['grouping'],
): Subject[] {
  const persons = namesOfPersons(moves)
  const begins = grouped(moves, placeOf)
  return moves.map((move) => {
    const others = (begins.get(placeOf(move)) ?? []).map(({ word }) => word.start)
    return readSubject(move, file, grouping, persons, others)
  })
}

function namesOfPersons(moves: readonly Found[]): Set<string> {
  const found = new Set<string>()
  for (const move of moves) {
    for (const [name, id] of [...move.actors, ...move.recipients, ...move.by]) {
      if (!PERSONS.some((prefix) => id.startsWith(prefix))) continue
      if (!name.split(/\s+/).filter(Boolean).every(isUpper)) continue
      for (const word of wordsOf(name)) found.add(word.text.toLowerCase())
    }
  }
  return found
}

function readSubject(
  move: Found,
  file: MovesFile,
  grouping: Rules['grouping'],
  persons: ReadonlySet<string>,
  others: readonly number[],
): Subject {
  const weights = new Map<number, number>()
  const forms = new Map<number, string>()
  const own = new Set<number>()
  const read = (word: Word, weight: number, atHome: boolean) => {
    const form = withoutSuffix(withoutSuffix(word.text, "'s"), '’s')
    const [concept, folded] = file.forms[form] ?? [-1, 0]
    if (concept < 0 || persons.has(folded === 0 ? form : folded)) return
    if (atHome && weight) own.add(concept)
    const weighs = weight * (isUpper(form) && word.start > 0 ? grouping.name : 1)
    if (weighs > (weights.get(concept) ?? 0)) {
      weights.set(concept, weighs)
      const kept = word.start > 0 || isAllUpper(form)
      forms.set(concept, kept ? form : form.toLowerCase())
    }
  }
  for (const [word, weight] of weighed(move, grouping, others)) read(word, weight, true)
  for (const word of wordsOf(move.cite.title ?? '')) read(word, grouping.title, false)
  const named = move.actors
    .flatMap(([name, , , , text]) => wordsOf(`${text} ${name}`))
    .flatMap((word) => {
      const concept = file.forms[word.text]?.[2] ?? -1
      return concept < 0 ? [] : [concept]
    })
  return { weights, forms, own, named: new Set(named), refers: move.refers }
}

function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

function isAllUpper(form: string): boolean {
  return /\p{Uppercase}/u.test(form) && !/\p{Lowercase}/u.test(form)
}

function weighed(
  move: Found,
  grouping: Rules['grouping'],
  others: readonly number[],
): [Word, number][] {
  const { sentence } = move.cite
  const words = wordsOf(sentence.text)
  const place = (word: Word) => word.start + sentence.start
  const middle = words.filter((word) => place(word) < move.word.start).length
  return words.map((word, at) => {
    const weight = weightAt(move, place(word), grouping, others)
    const near = move.content.length > 0 || Math.abs(at - middle) <= grouping.near
    return [word, near ? weight : weight * grouping.far]
  })
}

function weightAt(
  move: Found,
  place: number,
  grouping: Rules['grouping'],
  others: readonly number[],
): number {
  const begin = move.word.start
  const isIn = ([start, end]: [number, number]) => start <= place && place < end
  if (move.content.some(isIn)) return 1
  if (place === begin && !move.names) return 0
  if (move.said.some(isIn)) return grouping.said
  const [low, high] = [Math.min(place, begin), Math.max(place, begin)]
  const between = others.some((other) => low <= other && other <= high && other !== begin)
  if (move.content.length > 0 || between) return grouping.outside
  return place < begin ? grouping.before : 1
}

/** How much each concept tells: the fewer moves have it, the more. */
export function rarity(subjects: readonly Subject[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { weights } of subjects) {
    for (const concept of weights.keys()) counts.set(concept, (counts.get(concept) ?? 0) + 1)
  }
  const total = subjects.length + 1
  return new Map([...counts].map(([concept, count]) => [concept, Math.log(total / count)]))
}

export function withoutTitles(subjects: readonly Subject[]): Subject[] {
  return subjects.map((subject) => ({
    ...subject,
    weights: new Map([...subject.weights].filter(([concept]) => subject.own.has(concept))),
  }))
}

/** The cosine of each two subjects, row by row. */
export class Likeness {
  readonly size: number
  readonly values: Float64Array

  constructor(size: number, values: Float64Array) {
    this.size = size
    this.values = values
  }

  at(one: number, other: number): number {
    return this.values[one * this.size + other] ?? 0
  }

  /** Return the likeness of some of them, in this order. */
  of(places: readonly number[]): Likeness {
    const values = new Float64Array(places.length ** 2)
    places.forEach((one, row) => {
      places.forEach((other, column) => {
        values[row * places.length + column] = this.at(one, other)
      })
    })
    return new Likeness(places.length, values)
  }
}

export function likeness(
  subjects: readonly Subject[],
  rare: ReadonlyMap<number, number>,
): Likeness {
  const size = subjects.length
  const values = new Float64Array(size * size)
  const holders = new Map<number, [at: number, weight: number][]>()
  subjects.forEach(({ weights }, at) => {
    const own = [...weights].map(
      ([concept, weight]) => [concept, weight * (rare.get(concept) ?? 0)] as const,
    )
    const length = Math.sqrt(own.reduce((sum, [, weight]) => sum + weight * weight, 0))
    for (const [concept, weight] of own) {
      const held = holders.get(concept) ?? []
      held.push([at, weight / Math.max(length, 1e-9)])
      holders.set(concept, held)
    }
  })
  for (const held of holders.values()) {
    if (held.length < 2) continue
    for (const [one, weight] of held) {
      for (const [other, weighs] of held) {
        values[one * size + other] = (values[one * size + other] ?? 0) + weight * weighs
      }
    }
  }
  return new Likeness(size, values)
}

/** The words that weigh most in a group, as they are mostly written. */
export function tellingWords(
  subjects: readonly Subject[],
  rare: ReadonlyMap<number, number>,
  most: number,
): string[] {
  const sums = new Map<number, number>()
  const forms = new Map<number, Map<string, number>>()
  for (const subject of subjects) {
    for (const [concept, weight] of subject.weights) {
      sums.set(concept, (sums.get(concept) ?? 0) + weight * (rare.get(concept) ?? 0))
      const own = forms.get(concept) ?? new Map<string, number>()
      const form = subject.forms.get(concept) ?? ''
      forms.set(concept, own.set(form, (own.get(form) ?? 0) + 1))
    }
  }
  const usual = new Map([...forms].map(([concept, counts]) => [concept, usualOf(counts)]))
  return [...sums.keys()]
    .sort(
      byKeys<number>(
        on((concept) => sums.get(concept) ?? 0, down(byNumber)),
        on((concept) => usual.get(concept) ?? '', byText),
      ),
    )
    .slice(0, most)
    .map((concept) => usual.get(concept) ?? '')
}

function usualOf(counts: ReadonlyMap<string, number>): string {
  const order = byKeys<string>(
    on((form) => counts.get(form) ?? 0, down(byNumber)),
    byText,
  )
  return first([...counts.keys()], order) ?? ''
}

/** The first words, those that stand side by side as one: "Hong Kong". */
export function nameOf(
  words: readonly string[],
  sentences: readonly string[],
  most: number,
): string {
  let phrases = [...words]
  for (const one of words) {
    for (const other of words) {
      if (!phrases.includes(one) || !phrases.includes(other)) continue
      const pair = `${one} ${other}`
      const told = sentences.filter((sentence) => sentence.includes(pair)).length
      const apart = sentences.filter((sentence) => sentence.includes(one)).length
      if (2 * told <= apart) continue
      phrases[Math.min(phrases.indexOf(one), phrases.indexOf(other))] = pair
      phrases = phrases.filter((phrase) => phrase !== one && phrase !== other)
    }
  }
  return phrases.slice(0, most).join(', ')
}

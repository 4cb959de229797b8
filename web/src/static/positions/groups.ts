/** Group moves that are alike: `onrecord.show.views.positions_groups`. */

import type { Likeness } from './words'

const GONE = -1

/** Return groups of places, each and all in order, that are alike on average. */
export function group(likeness: Likeness, threshold: number): number[][] {
  const { size } = likeness
  const sums = likeness.values.slice()
  const sizes = new Float64Array(size).fill(1)
  const members = Array.from({ length: size }, (_, at) => [at])
  const active = new Array<boolean>(size).fill(true)
  const done: number[][] = []
  const chain: number[] = []
  let left = size
  const mean = (one: number, other: number) =>
    active[other] && one !== other
      ? (sums[one * size + other] ?? 0) / ((sizes[one] ?? 1) * (sizes[other] ?? 1))
      : GONE

  function mostAlike(tip: number): number {
    let best = 0
    for (let other = 1; other < size; other += 1) {
      if (mean(tip, other) > mean(tip, best)) best = other
    }
    return best
  }

  function merge(kept: number, gone: number): void {
    for (let at = 0; at < size; at += 1) {
      sums[kept * size + at] = (sums[kept * size + at] ?? 0) + (sums[gone * size + at] ?? 0)
    }
    for (let at = 0; at < size; at += 1) {
      sums[at * size + kept] = (sums[at * size + kept] ?? 0) + (sums[at * size + gone] ?? 0)
    }
    sizes[kept] = (sizes[kept] ?? 0) + (sizes[gone] ?? 0)
    active[gone] = false
    left -= 1
    members[kept]?.push(...(members[gone] ?? []))
  }

  while (left > 0) {
    if (chain.length === 0) chain.push(active.indexOf(true))
    const tip = chain.at(-1) ?? 0
    const previous = chain.at(-2)
    let best = mostAlike(tip)
    if (previous !== undefined && mean(tip, previous) >= mean(tip, best)) best = previous
    if (mean(tip, best) < threshold) {
      active[tip] = false
      left -= 1
      done.push(members[tip] ?? [])
      chain.pop()
    } else if (best === previous) {
      merge(best, tip)
      chain.splice(-2)
    } else {
      chain.push(best)
    }
  }
  return done
    .map((places) => places.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

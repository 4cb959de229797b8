/** Where a rate of counts changes, as `onrecord.show.views.series_changes` finds it. */

const PRICE = 1.5
const LEAST_GAIN = 3

/** Steps of one rate, half-open; `gain` is that of its beginning. */
export interface Part {
  start: number
  end: number
  rate: number
  gain: number
}

export function findParts(counts: readonly number[]): Part[] {
  if (counts.length === 0) return []
  const sums = [0]
  for (const count of counts) sums.push((sums.at(-1) ?? 0) + count)
  const total = (start: number, end: number) => (sums[end] ?? 0) - (sums[start] ?? 0)
  const spread = dispersion(counts)
  const price = Math.max(LEAST_GAIN, PRICE * Math.log(counts.length))
  const bounds = [0, ...changes(total, counts.length, price * spread), counts.length]
  return bounds.slice(0, -1).map((start, at) => {
    const end = bounds[at + 1] ?? counts.length
    const before = bounds[at - 1] ?? 0
    const apart = cost(total(before, start), start - before) + cost(total(start, end), end - start)
    const together = cost(total(before, start) + total(start, end), end - before)
    return {
      start,
      end,
      rate: total(start, end) / (end - start),
      gain: at ? (together - apart) / spread : 0,
    }
  })
}

/** How much more neighbours differ than Poisson counts do; at least 1. */
function dispersion(counts: readonly number[]): number {
  let sum = 0
  let filled = 0
  for (let at = 1; at < counts.length; at += 1) {
    const [before = 0, after = 0] = [counts[at - 1], counts[at]]
    if (before + after === 0) continue
    sum += (after - before) ** 2 / (before + after)
    filled += 1
  }
  return filled ? Math.max(1, sum / filled) : 1
}

function changes(
  total: (start: number, end: number) => number,
  count: number,
  price: number,
): number[] {
  const best = [-price]
  const before = [0]
  let candidates = [0]
  for (let end = 1; end <= count; end += 1) {
    const costs = candidates.map(
      (start) => (best[start] ?? 0) + cost(total(start, end), end - start),
    )
    const least = Math.min(...costs)
    const own = least + price
    best.push(own)
    before.push(candidates[costs.indexOf(least)] ?? 0)
    candidates = candidates.filter((_, at) => (costs[at] ?? 0) <= own)
    candidates.push(end)
  }
  const found: number[] = []
  for (let at = before[count] ?? 0; at > 0; at = before[at] ?? 0) found.unshift(at)
  return found
}

/** Minus the likelihood's logarithm of a part, without what all share. */
function cost(total: number, length: number): number {
  return -total * Math.log(Math.max(total, 1) / length)
}

/** Comparing and rounding as the service does: DuckDB's order of texts, Python's `round`. */

export type Order<T> = (a: T, b: T) => number

/** By code points, not by UTF-16 units: surrogates stand above what is next to them. */
export function byText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return lifted(one) - lifted(other)
  }
  return a.length - b.length
}

function lifted(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

export function byNumber(a: number, b: number): number {
  return a - b
}

/** What is absent comes last, whichever way the others go. */
export function nullsLast<T>(order: Order<T>): Order<T | null> {
  return (a, b) => {
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
    return order(a, b)
  }
}

export function down<T>(order: Order<T>): Order<T> {
  return (a, b) => order(b, a)
}

/** By one key after another. */
export function byKeys<T>(...orders: Order<T>[]): Order<T> {
  return (a, b) => {
    for (const order of orders) {
      const found = order(a, b)
      if (found) return found
    }
    return 0
  }
}

export function on<T, K>(key: (item: T) => K, order: Order<K>): Order<T> {
  return (a, b) => order(key(a), key(b))
}

export const byDay = nullsLast<string>(byText)
export const lastDay = nullsLast<string>(down(byText))

export function byTexts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const found = byText(a[at] ?? '', b[at] ?? '')
    if (found) return found
  }
  return a.length - b.length
}

/** Round half to even, as Python does; `toFixed` rounds halves up. */
export function round(value: number, digits: number): number {
  const doubled = Math.abs(value) * 10 ** digits * 2
  const isHalf =
    Number.isInteger(doubled) && doubled % 2 === 1 && doubled % 5 ** digits === 0
  if (!isHalf) return Number(value.toFixed(digits))
  const below = (doubled - 1) / 2
  const even = below % 2 === 0 ? below : below + 1
  return (Math.sign(value) * even) / 10 ** digits
}

/** Group items under keys, in the order in which keys come. */
export function grouped<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = found.get(name)
    if (group === undefined) found.set(name, [item])
    else group.push(item)
  }
  return found
}

export function tally<K>(keys: Iterable<K>): Map<K, number> {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

export function first<T>(items: readonly T[], order: Order<T>): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || order(item, best) < 0 ? item : best),
    undefined,
  )
}

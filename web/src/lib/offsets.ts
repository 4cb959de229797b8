/**
 * Places in a text: reports count code points, a browser's strings UTF-16 units.
 * This is the one place on the page where the one is turned into the other.
 */

const BEYOND = 0xffff

/** Return what gives the UTF-16 place of each code point of `text`, and of its end. */
export function utf16Places(text: string): (codePoint: number) => number {
  if (!hasPairs(text)) {
    return (at) => Math.min(Math.max(at, 0), text.length)
  }
  const places: number[] = []
  let unit = 0
  for (const character of text) {
    places.push(unit)
    unit += character.length
  }
  places.push(unit)
  return (at) => places[Math.min(Math.max(at, 0), places.length - 1)] ?? unit
}

/** Return how many code points a text has. */
export function codePoints(text: string): number {
  if (!hasPairs(text)) return text.length
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Return the words from code point `start` to `end` of `text`. */
export function slicePoints(text: string, start: number, end: number): string {
  const place = utf16Places(text)
  return text.slice(place(start), place(end))
}

function hasPairs(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.codePointAt(at)
    if (unit !== undefined && unit > BEYOND) return true
  }
  return false
}

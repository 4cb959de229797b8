/** The ids of issues: BLAKE2b of what is in them (RFC 7693), as `onrecord.model.ids` has it. */

import { byText } from '../order'

const DIGEST = 10 // bytes
const BLOCK = 128
const ROUNDS = 12
const MASK = 0xffffffffffffffffn
const IV = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
]
const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
]
const LANES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const

/** Return the id of the issue that has these moves. */
export function issueId(moveIds: readonly string[]): string {
  const text = [...moveIds].sort(byText).map((id) => `${id}\x1f`)
  const digest = blake2b(new TextEncoder().encode(text.join('')), DIGEST)
  return `iss-${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export function blake2b(input: Uint8Array, size: number): Uint8Array {
  const state = IV.slice()
  state[0] = (state[0] ?? 0n) ^ 0x01010000n ^ BigInt(size)
  const blocks = Math.max(1, Math.ceil(input.length / BLOCK))
  for (let at = 0; at < blocks; at += 1) {
    const block = new Uint8Array(BLOCK)
    block.set(input.subarray(at * BLOCK, (at + 1) * BLOCK))
    const isLast = at === blocks - 1
    compress(state, block, BigInt(isLast ? input.length : (at + 1) * BLOCK), isLast)
  }
  const out = new Uint8Array(state.length * 8)
  const view = new DataView(out.buffer)
  state.forEach((word, at) => view.setBigUint64(at * 8, word, true))
  return out.subarray(0, size)
}

function compress(state: bigint[], block: Uint8Array, read: bigint, isLast: boolean): void {
  const view = new DataView(block.buffer)
  const words = Array.from({ length: 16 }, (_, at) => view.getBigUint64(at * 8, true))
  const mixed = [...state, ...IV]
  mixed[12] = (mixed[12] ?? 0n) ^ read
  if (isLast) mixed[14] = (mixed[14] ?? 0n) ^ MASK
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = SIGMA[round % SIGMA.length] ?? []
    LANES.forEach((lanes, at) => {
      mix(mixed, lanes, words[order[2 * at] ?? 0] ?? 0n, words[order[2 * at + 1] ?? 0] ?? 0n)
    })
  }
  state.forEach((word, at) => {
    state[at] = word ^ (mixed[at] ?? 0n) ^ (mixed[at + 8] ?? 0n)
  })
}

function mix(
  mixed: bigint[],
  [a, b, c, d]: readonly [number, number, number, number],
  one: bigint,
  other: bigint,
): void {
  const of = (at: number) => mixed[at] ?? 0n
  mixed[a] = (of(a) + of(b) + one) & MASK
  mixed[d] = turned(of(d) ^ of(a), 32n)
  mixed[c] = (of(c) + of(d)) & MASK
  mixed[b] = turned(of(b) ^ of(c), 24n)
  mixed[a] = (of(a) + of(b) + other) & MASK
  mixed[d] = turned(of(d) ^ of(a), 16n)
  mixed[c] = (of(c) + of(d)) & MASK
  mixed[b] = turned(of(b) ^ of(c), 63n)
}

function turned(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & MASK
}

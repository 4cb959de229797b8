/** The record that is shown, known to every view. */

import { getContext, setContext } from 'svelte'

import type { Overview } from './types'

const KEY = Symbol('record')

export function shareOverview(read: () => Overview): void {
  setContext(KEY, read)
}

/** Return what reads the overview of the record; for components within a view. */
export function overview(): () => Overview {
  return getContext<() => Overview>(KEY)
}

/** Light, dark, or as the system has it. */

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'onrecord-theme'
const ORDER: readonly Theme[] = ['system', 'light', 'dark']

const kept = read()
let chosen = $state<Theme>(kept)
apply(kept)

export const theme = {
  get chosen(): Theme {
    return chosen
  },
  next(): void {
    chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length] ?? 'system'
    localStorage.setItem(KEY, chosen)
    apply(chosen)
  },
}

function read(): Theme {
  const value = localStorage.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

function apply(now: Theme): void {
  document.documentElement.dataset['theme'] = now
}

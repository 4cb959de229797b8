/** Light, dark, or as the system has it. */

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'onrecord-theme'
const ORDER: readonly Theme[] = ['system', 'light', 'dark']

let chosen = $state<Theme>(read())
apply(chosen)

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
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function apply(now: Theme): void {
  document.documentElement.dataset['theme'] = now
}

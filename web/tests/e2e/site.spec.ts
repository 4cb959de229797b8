/** The page as files: it answers what the service answers, and needs nobody. */

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import AxeBuilder from '@axe-core/playwright'
import { type Page, expect, test } from '@playwright/test'

import { FILTERS, askSite, lists, settled, withFilters } from '../support/conform'

const folder = process.env.ONRECORD_E2E_SITE ?? ''
const index = pathToFileURL(join(folder, 'index.html')).href
const VIEWS = ['brief', 'timeline', 'map', 'network', 'positions', 'numbers', 'reports']
const SINCE = '2022-01-28'

async function open(page: Page, hash: string): Promise<string[]> {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
  })
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith('file:') && !address.startsWith('data:')) wrong.push(address)
  })
  await page.goto(`${index}#${hash}`)
  await expect(page.locator('main h1')).toBeVisible()
  return wrong
}

test.describe('answers as the service does', () => {
  test.setTimeout(600_000)
  const ask = askSite(folder)

  for (const address of lists(SINCE)) {
    test(address, async ({ request }) => {
      for (const filters of FILTERS) {
        const path = withFilters(address, filters)
        const theirs: unknown = await (await request.get(`api/${path}`)).json()
        const ours: unknown = JSON.parse(JSON.stringify(await ask(path)))
        expect(settled(ours), path).toEqual(settled(theirs))
      }
    })
  }

  test('the record, its events, reports and stories', async ({ request }) => {
    const from = async (path: string) => (await request.get(`api/${path}`)).json()
    expect(await ask('record')).toEqual(await from('record'))
    const { items } = (await from('events?limit=40')) as { items: { event_id: string }[] }
    for (const { event_id: id } of items) {
      const path = `events/${id}`
      expect(settled(await ask(path)), path).toEqual(settled(await from(path)))
    }
    const reports = (await from('reports?limit=500')) as {
      items: { doc_id: string; story_id: string }[]
    }
    for (const { doc_id, story_id } of reports.items) {
      for (const path of [`reports/${doc_id}`, `stories/${story_id}`]) {
        expect(await ask(path), path).toEqual(await from(path))
      }
    }
  })

  test('what is wrong', async () => {
    await expect(ask('facets?type=NOTHING')).rejects.toThrow(/type 'NOTHING' is not known/)
    await expect(ask('brief')).rejects.toThrow(/from which day/)
    await expect(ask('events/evt-none')).rejects.toThrow(/no event/)
    await expect(ask('sql?q=SELECT 1')).rejects.toThrow(/no server/)
  })
})

for (const view of VIEWS) {
  test(`${view} opens from a file, and asks nobody`, async ({ page }) => {
    const wrong = await open(page, `/${view}`)
    await expect(page.locator('.failure')).toHaveCount(0)
    await expect(page.locator('.skeleton')).toHaveCount(0)
    expect(wrong).toEqual([])
  })
}

test('an event opens with its words, and passes axe', async ({ page }) => {
  const wrong = await open(page, '/timeline')
  await page.locator('main [data-row]').first().click()
  await expect(page.getByRole('dialog')).toContainText('Cells and the words they rest on')
  expect(wrong).toEqual([])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
})

test('a filter narrows what is shown', async ({ page }) => {
  await open(page, '/timeline?country=UKR')
  await expect(page.getByRole('heading', { name: /^Events/ })).toContainText(/\d/)
  await page.goto(`${index}#/timeline?country=UKR&type=PROTEST`)
  await expect(page.locator('main')).toContainText(/Nothing|No event/)
})

test('no file names a place of this machine, or can end a script', () => {
  for (const name of readdirSync(join(folder, 'data'))) {
    const text = readFileSync(join(folder, 'data', name), 'utf-8')
    expect(text).not.toMatch(/<|\u2028|\u2029/)
    expect(text).not.toContain(process.cwd())
  }
})

/** Judging events on the page of a service that was started for it. */

import AxeBuilder from '@axe-core/playwright'
import { type Page, expect, test } from '@playwright/test'

const service = process.env.ONRECORD_E2E_REVIEW ?? ''

test.use({ baseURL: service })
test.describe.configure({ mode: 'serial' })

async function openQueue(page: Page, query = ''): Promise<void> {
  await page.goto(`./#/review${query}`)
  await expect(page.locator('.card')).toBeVisible()
}

async function chooseCell(page: Page, name: string): Promise<void> {
  const cells = page.getByRole('group', { name: 'Which cell' })
  await cells.getByRole('button', { name, exact: true }).click()
}

async function eventId(page: Page): Promise<string> {
  const queue = await page.request.get('api/review/queue?sample=uncertain&limit=1')
  const { items } = (await queue.json()) as { items: { event: { event_id: string } }[] }
  return items[0]?.event.event_id ?? ''
}

async function stateOf(page: Page, id: string) {
  const state = await page.request.get(`api/review/state/${id}`)
  return (await state.json()) as {
    rejected: boolean
    values: { type: string; factuality: string; actors: { words: { text: string } }[] }
    corrections: { verdict: string; author: string; state: string }[]
  }
}

test('only a service for reviewing has the mode', async ({ page }) => {
  await openQueue(page)
  await expect(page.getByRole('link', { name: 'Review', exact: true })).toBeVisible()
  await page.goto(service.replace(/:\d+/, (port) => `:${Number(port.slice(1)) - 1}`))
  await expect(page.getByRole('link', { name: 'Reports', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Review', exact: true })).toHaveCount(0)
})

test('keys accept, reject and take back', async ({ page }) => {
  await openQueue(page)
  const first = await eventId(page)
  await page.keyboard.press('a')
  await expect(page.getByText('2 of 20 at hand')).toBeVisible()
  await expect.poll(async () => (await stateOf(page, first)).corrections.length).toBe(1)
  const second = await eventId(page)
  await page.keyboard.press('r')
  await expect.poll(async () => (await stateOf(page, second)).rejected).toBe(true)
  await page.keyboard.press('u')
  await expect.poll(async () => (await stateOf(page, second)).rejected).toBe(false)
  const { corrections } = await stateOf(page, second)
  expect(corrections.map((one) => one.verdict)).toEqual(['reject', 'accept'])
  await expect(page.getByText('2 of 20 at hand')).toBeVisible()
})

test('a cell is corrected, shown as corrected, and taken back', async ({ page }) => {
  await openQueue(page)
  const id = await eventId(page)
  const before = (await stateOf(page, id)).values.type
  const other = before === 'CONSULT' ? 'AGREE' : 'CONSULT'
  await page.keyboard.press('e')
  await page.getByRole('combobox', { name: 'type', exact: true }).selectOption(other)
  await page.getByLabel('note, if you like').fill('a test')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await stateOf(page, id)).values.type).toBe(other)
  await page.goto(`./#/timeline?event=${id}`)
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('corrected by ana')
  await expect(drawer.locator('del').first()).toHaveText(before.toLowerCase())
  await page.goto('./#/review')
  await expect(page.locator('.card')).toBeVisible()
  await page.keyboard.press('u')
  await expect.poll(async () => (await stateOf(page, id)).values.type).toBe(before)
})

test('words are taken from what is selected in the sentence', async ({ page }) => {
  await openQueue(page)
  const id = await eventId(page)
  await page.keyboard.press('e')
  await chooseCell(page, 'who')
  await page.getByRole('button', { name: 'Add one' }).click()
  const word = await page.locator('.sentence').evaluate((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const found = /\p{L}{4,}/u.exec(node.textContent ?? '')
      if (found === null) continue
      const range = document.createRange()
      range.setStart(node, found.index)
      range.setEnd(node, found.index + found[0].length)
      window.getSelection()?.removeAllRanges()
      window.getSelection()?.addRange(range)
      return found[0]
    }
    return ''
  })
  await page.getByRole('button', { name: `take “${word}”` }).last().click()
  await page.getByLabel('name', { exact: true }).last().fill('Somebody Else')
  await page.getByRole('button', { name: /^Save/ }).click()
  await expect
    .poll(async () => (await stateOf(page, id)).values.actors.at(-1)?.words.text)
    .toBe(word)
})

test('a locked record and a lost connection lose nothing', async ({ page }) => {
  await openQueue(page)
  const id = await eventId(page)
  let tries = 0
  await page.route('**/api/review', async (route) => {
    tries += 1
    if (tries === 1) {
      await route.fulfill({ status: 409, json: { error: 'another run is writing to it' } })
    } else if (tries === 2) await route.abort()
    else await route.continue()
  })
  await page.keyboard.press('a')
  await expect(page.getByText('1 judgement not sent yet.')).toBeVisible()
  await expect(page.getByText('another run is writing to it')).toBeVisible()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByText('The service does not answer.')).toBeVisible()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByText('not sent yet')).toHaveCount(0)
  await expect
    .poll(async () => (await stateOf(page, id)).corrections.some((one) => one.verdict === 'accept'))
    .toBe(true)
})

test('what the service refuses is said, with the way back', async ({ page }) => {
  await openQueue(page)
  await page.route('**/api/review', (route) =>
    route.fulfill({ status: 422, json: { error: 'Xyz is not in the sentence' } }),
  )
  await page.keyboard.press('a')
  await expect(page.getByRole('alert')).toContainText('Xyz is not in the sentence')
  await page.getByRole('link', { name: 'Judge the event again' }).click()
  await expect(page.getByText('1 of 1 at hand')).toBeVisible()
})

for (const [name, size] of [
  ['wide', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`passes axe and fits, ${name}`, async ({ page }) => {
    await page.setViewportSize(size)
    await openQueue(page)
    for (const state of ['card', 'who', 'when', 'where', 'how many', 'context']) {
      if (state === 'who') await page.keyboard.press('e')
      if (state !== 'card') await chooseCell(page, state)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations, state).toEqual([])
    }
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(over).toBeLessThanOrEqual(0)
  })
}

import AxeBuilder from '@axe-core/playwright'
import { type Page, expect, test } from '@playwright/test'

/** Whatever the browser complains of, such as a break of the content security policy. */
function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text())
  })
  return found
}

async function show(page: Page, hash: string): Promise<void> {
  await page.goto(`./#${hash}`)
  await expect(page.locator('main h1').first()).toBeVisible()
  await expect(page.locator('.skeleton')).toHaveCount(0)
}

test('opens with what is new on the last day, and asks nobody but the service', async ({ page }) => {
  const found = complaints(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  await show(page, '/brief')
  await expect(page.locator('header .name')).toHaveText('demo')
  await expect(page.locator('main h1')).toHaveText('Saturday 29 January 2022')
  await expect(page.locator('main [data-row]').first()).toBeVisible()
  expect(found).toEqual([])
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]))
})

test('a filter stands in the address, and back takes it away', async ({ page }) => {
  await show(page, '/timeline')
  const all = await page.locator('#list-title .count').textContent()
  await page.getByRole('button', { name: 'happened?', exact: true }).click()
  await page.locator('#menu-factuality label', { hasText: 'denied' }).click()
  await expect(page).toHaveURL(/#\/timeline\?factuality=denied/)
  await expect(page.locator('#list-title .count')).not.toHaveText(all ?? '')
  await expect(page.locator('.list .quote').first()).toHaveAttribute('data-factuality', 'denied')
  await page.goBack()
  await expect(page).toHaveURL(/#\/timeline$/)
  await expect(page.locator('#list-title .count')).toHaveText(all ?? '')
})

test('a click on marked words opens the cells that rest on them', async ({ page }) => {
  await show(page, '/timeline?factuality=denied')
  const mark = page.locator('.list .piece .cell-what').first()
  const words = await mark.textContent()
  await mark.click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('rowheader', { name: 'what', exact: true })).toBeVisible()
  await expect(drawer.locator('tbody tr').first()).toContainText(words ?? '')
  await expect(drawer.locator('.piece.on').first()).toBeVisible()
  await expect(drawer.locator('.passage .cell-what').first()).toHaveCSS(
    'text-decoration-line',
    'underline line-through',
  )
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(page).toHaveURL(/#\/timeline\?factuality=denied$/)
})

test('the keyboard walks, opens, closes and helps', async ({ page }) => {
  await show(page, '/timeline')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const second = page.locator('main [data-row]').nth(1)
  await expect(second).toBeFocused()
  await page.keyboard.press('k')
  await expect(page.locator('main [data-row]').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('main [data-row]').first()).toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: 'How to read this' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('7')
  await expect(page).toHaveURL(/#\/reports/)
  await expect(page.locator('main h1')).toContainText('Reports')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

test('the drawer walks along with the rows, and the page with it', async ({ page }) => {
  await show(page, '/timeline')
  await page.locator('main [data-row]').first().click()
  await expect(page.getByRole('dialog').locator('table')).toBeVisible()
  for (let step = 2; step <= 15; step += 1) {
    await page.keyboard.press('j')
    await expect(page.locator('main li', { has: page.locator('[aria-current]') })).toHaveAttribute(
      'aria-posinset',
      String(step),
    )
  }
  await expect(page.locator('main [aria-current]')).toBeInViewport()
})

test('a report shows its events in its text, and the search finds it', async ({ page }) => {
  await show(page, '/reports')
  await page.getByRole('searchbox').fill('Allied Resolve')
  await expect(page).toHaveURL(/q=Allied\+Resolve/)
  await page.locator('main [data-row]').first().click()
  await expect(page.locator('main h1')).toBeVisible()
  await expect(page.locator('main .text')).toContainText('Allied Resolve')
})

test('dragging over the timeline chooses its days', async ({ page }) => {
  await show(page, '/timeline')
  const chart = page.locator('.chart svg').first()
  const box = await chart.boundingBox()
  if (box === null) throw new Error('no chart')
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/since=2022-01-\d\d&until=2022-01-\d\d/)
})

const VIEWS = ['brief', 'timeline', 'map', 'network', 'positions', 'numbers', 'reports']

for (const [name, width] of [
  ['wide', 1440],
  ['phone', 360],
] as const) {
  for (const view of VIEWS) {
    test(`${view} is accessible and fits, ${name}`, async ({ page }) => {
      const found = complaints(page)
      await page.setViewportSize({ width, height: 800 })
      await show(page, `/${view}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const grave = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
      expect(grave).toEqual([])
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over).toBeLessThanOrEqual(0)
      expect(found).toEqual([])
    })
  }
}

test('the drawer is accessible, in dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await show(page, '/timeline')
  await page.locator('main [data-row]').first().click()
  await expect(page.getByRole('dialog').locator('table')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`)).toEqual([])
})

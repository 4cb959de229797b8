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

for (const view of ['map', 'network', 'positions', 'numbers']) {
  for (const [width, scheme] of [
    [1440, 'light'],
    [360, 'dark'],
  ] as const) {
    test(`${view} is whole and accessible, ${width} wide, ${scheme}`, async ({ page }) => {
      const found = complaints(page)
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await show(page, `/${view}`)
      await expect(page.locator('main [data-row]').first()).toBeVisible()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over).toBeLessThanOrEqual(0)
      expect(found).toEqual([])
    })
  }
}

test('the map moves by keys, and a place of the list opens its events', async ({ page }) => {
  await show(page, '/map')
  const land = page.locator('.chart svg > g').first()
  await page.getByRole('group', { name: /^Map\./ }).focus()
  await page.keyboard.press('+')
  await expect(land).toHaveAttribute('transform', /scale\(1\.5\)/)
  await page.keyboard.press('0')
  await expect(land).toHaveAttribute('transform', 'translate(0,0) scale(1)')
  await page.getByRole('button', { name: /^Kyiv/ }).press('Enter')
  await expect(page).toHaveURL(/at=Kyiv/)
  const panel = page.getByRole('region', { name: 'Events in Kyiv' })
  await expect(panel.locator('.quote').first()).toBeVisible()
  await panel.getByRole('button', { name: 'Filter the page by this' }).click()
  await expect(page).toHaveURL(/#\/map\?place=Kyiv$/)
})

test('a row of the network opens the events of the pair', async ({ page }) => {
  await show(page, '/network')
  await page.getByRole('button', { name: 'Russia toward Ukraine' }).click()
  const panel = page.getByRole('region', { name: 'Russia → Ukraine' })
  await expect(panel.locator('.quote').first()).toBeVisible()
  await panel.getByRole('button', { name: 'Filter the page by this' }).click()
  await expect(page).toHaveURL(/#\/network\?actor=Russia&recipient=Ukraine$/)
})

test('positions hang answers under demands and lead from the table to the issue', async ({
  page,
}) => {
  await show(page, '/positions')
  await expect(page.locator('ol[aria-label="Answers"] article').first()).toBeVisible()
  const rows = page.getByRole('region', { name: 'Table of the last moves' }).getByRole('button')
  const last = rows.last()
  const name = (await last.textContent()) ?? ''
  await last.click()
  const issue = page.locator('details[open]', { has: page.getByRole('heading', { name }) })
  await expect(issue.locator('.quote').first()).toBeVisible()
  await expect(issue.locator('summary')).toBeFocused()
})

test('a value of the numbers opens its event', async ({ page }) => {
  await show(page, '/numbers')
  const card = page.locator('article', { hasText: 'troops' }).first()
  await expect(card.getByRole('img', { name: /values over time/ })).toBeVisible()
  await card.locator('td a').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
})

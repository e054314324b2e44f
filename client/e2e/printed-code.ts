import { expect, type Page } from '@playwright/test'

/** Prints the recovery code that is shown; the text on the paper, without white space within the code. */
export async function printed(page: Page): Promise<string> {
  const title = await page.title()
  const asked = page.evaluate(
    () =>
      new Promise<string>(done => {
        window.print = () => done(document.title)
      }),
  )
  await page.getByRole('button', { name: 'Print' }).click()
  expect(await asked).toBe('Driftboard recovery code')
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('drift-recovery-sheet')
  await expect(sheet).toBeVisible()
  await expect(page.getByRole('application', { name: 'Canvas' })).toBeHidden()
  await expect(page.getByRole('group', { name: 'Recovery code' })).toBeHidden()
  const text = await sheet.evaluate(({ shadowRoot }) => shadowRoot?.textContent ?? '')
  await page.emulateMedia({ media: null })
  await expect(sheet).toBeHidden()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(sheet).toHaveCount(0)
  expect(await page.title()).toBe(title)
  return text
}

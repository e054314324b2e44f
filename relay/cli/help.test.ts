import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SETTINGS } from '../config/settings.ts'
import { helpText, settingsMarkdown } from './help.ts'

const ROOT = join(import.meta.dirname, '../..')

test('--help explains every setting, with its default, and every command', () => {
  const help = helpText()
  for (const [name, { fallback, meaning }] of Object.entries(SETTINGS)) {
    expect(help).toContain(`\n  ${name}${fallback === null ? '' : ` (${fallback}`}`)
    expect(help.replace(/\s+/g, ' ')).toContain(meaning)
  }
  for (const command of ['serve', 'export <board>', 'import <file>', 'verify [board]'])
    expect(help).toContain(command)
})

test('no line of --help is wider than 120 columns', () => {
  expect(
    helpText()
      .split('\n')
      .filter(line => line.length > 120),
  ).toEqual([])
})

test('docs/settings.md is what the settings say', async () => {
  await expect(settingsMarkdown()).toMatchFileSnapshot(join(ROOT, 'docs/settings.md'))
})

test('the README names every setting', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  expect(Object.keys(SETTINGS).filter(name => !readme.includes(`\`${name}\``))).toEqual([])
})

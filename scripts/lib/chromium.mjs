import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { aptInstall } from './apt.mjs'
import { fail } from './run.mjs'

/** As root in a container Chromium has no sandbox; the rest keeps it from calling home during tests. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The Chromium or Chrome that browser tests run in, or undefined where this machine has none.
 * CHROMIUM_PATH goes before all others.
 */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH
    fail(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which does not exist. Correct it or unset it.`)
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const candidates = folders.flatMap(folder => names.map(name => join(folder, name)))
  return [...candidates, chromium.executablePath()].find(file => existsSync(file))
}

/** Finds Chromium, or installs Debian's where we may. */
export async function requireChromium() {
  const found = findChromium()
  if (found) return found
  console.log('Installing Chromium (once) ...')
  const output = await aptInstall(['chromium'])
  const installed = findChromium()
  if (installed) return installed
  if (output) console.error(output)
  return fail(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: ' +
      'npx playwright install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.',
  )
}

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { fail, run } from './run.mjs'

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
  const install = await aptInstall()
  if (install) {
    console.log('Installing Chromium (once) ...')
    await run('sh', ['-c', `${install} update`], { quiet: true })
    const { output } = await run('sh', ['-c', `${install} install -y --no-install-recommends chromium`], {
      quiet: true,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = findChromium()
    if (installed) return installed
    console.error(output)
  }
  return fail(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: ' +
      'npx playwright install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.',
  )
}

/** How to call apt-get here without a password, or null. */
async function aptInstall() {
  if (!existsSync('/usr/bin/apt-get')) return null
  if (process.getuid?.() === 0) return 'apt-get'
  if (!existsSync('/usr/bin/sudo')) return null
  const { code } = await run('sudo', ['-n', 'true'], { quiet: true })
  return code === 0 ? 'sudo -n apt-get' : null
}

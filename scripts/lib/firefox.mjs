import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall } from './apt.mjs'
import { fail } from './run.mjs'

/** The Firefox that tests run in, or undefined where this machine has none. FIREFOX_PATH goes before all others. */
export function findFirefox() {
  const { FIREFOX_PATH } = process.env
  if (FIREFOX_PATH) {
    if (existsSync(FIREFOX_PATH)) return FIREFOX_PATH
    fail(`FIREFOX_PATH is ${FIREFOX_PATH}, which does not exist. Correct it or unset it.`)
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const names = ['firefox-esr', 'firefox']
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(file => existsSync(file))
}

/**
 * Finds Firefox, or installs Debian's where we may. Resolves with what is missing, or null.
 * @returns {Promise<string | null>}
 */
export async function requireFirefox() {
  if (findFirefox()) return null
  console.log('Installing Firefox (once) ...')
  const output = await aptInstall(['firefox-esr'])
  if (findFirefox()) return null
  if (output) console.error(output)
  return 'Firefox is not here. Install it (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to one.'
}

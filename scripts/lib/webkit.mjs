import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'

/** Debian's packages, and where they put what the tests need: WebKitGTK's WebDriver, its browser, and a screen in memory. */
const PACKAGES = ['webkit2gtk-driver', 'xvfb']

const DRIVERS = ['/usr/bin/WebKitWebDriver']
const SCREENS = ['/usr/bin/Xvfb']
const BROWSERS = ['4.1', '4.0', '6.0'].flatMap(version =>
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'].flatMap(folder =>
    ['webkit2gtk', 'webkitgtk'].map(name => `${folder}/${name}-${version}/MiniBrowser`),
  ),
)

/** @returns {{ driver: string, browser: string, screen: string } | null} null where one of them is missing */
export function findWebKit() {
  const [driver, browser, screen] = [DRIVERS, BROWSERS, SCREENS].map(files => files.find(existsSync))
  return driver && browser && screen ? { driver, browser, screen } : null
}

/**
 * Finds them, or installs Debian's where we may. Resolves with what is missing, or null.
 * @returns {Promise<string | null>}
 */
export async function requireWebKit() {
  if (findWebKit()) return null
  console.log('Installing WebKit (once) ...')
  const output = await aptInstall(PACKAGES)
  if (findWebKit()) return null
  if (output) console.error(output)
  return `WebKitGTK's WebDriver is not here. Install it (Debian: apt-get install ${PACKAGES.join(' ')}).`
}

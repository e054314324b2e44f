import { type Browser, type BrowserContext, type KeyInput, launch } from 'puppeteer-core'
import { findFirefox } from '../../../scripts/lib/firefox.mjs'
import { installRtcSwitch } from '../rtc-switch.ts'
import type { Tab } from './tab.ts'

/** Peers of one machine meet on its loopback interface. */
const PREFERENCES = {
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
}

/** Firefox, with the profile that lies in a folder. */
export async function startFirefox(profile: string): Promise<Browser> {
  const executablePath = findFirefox()
  if (!executablePath) throw new Error('Firefox is not here: npm test -- --only=firefox installs it.')
  return await launch({
    browser: 'firefox',
    executablePath,
    userDataDir: profile,
    extraPrefsFirefox: PREFERENCES,
    defaultViewport: { width: 1000, height: 700 },
  })
}

/** A new tab, whose peer connections can be cut. */
export async function firefoxTab(browser: Browser | BrowserContext): Promise<Tab> {
  const page = await browser.newPage()
  await page.evaluateOnNewDocument(installRtcSwitch, false)
  const { mouse, keyboard } = page
  return {
    async goto(url) {
      await page.goto(url)
    },
    async reload() {
      await page.reload()
    },
    async run<Args extends unknown[], Result>(task: (...args: Args) => Result, ...args: Args) {
      return (await page.evaluate(task as (...given: unknown[]) => unknown, ...args)) as Result
    },
    move: to => mouse.move(...to),
    down: () => mouse.down(),
    up: () => mouse.up(),
    press: key => keyboard.press(key as KeyInput),
    type: text => keyboard.type(text),
  }
}

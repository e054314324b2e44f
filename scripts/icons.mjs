// `npm run icons`: draws the PNG icons of the installed app from client/public/icon.svg. Run it when that has changed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, requireChromium } from './lib/chromium.mjs'
import { ROOT } from './lib/install.mjs'

const FOLDER = join(ROOT, 'client/public')
const SVG = readFileSync(join(FOLDER, 'icon.svg'), 'utf8')

/** Without round corners, and smaller: systems cut such an icon to a shape of their own, inside the circle of 80 %. */
const FULL = SVG.replace(/ rx="\d+"/, '').replace(
  /(<rect[^>]*\/>)(.*)<\/svg>/s,
  '$1<g transform="translate(16 16) scale(0.86) translate(-16 -16)">$2</g></svg>',
)

const ICONS = [
  { file: 'icon-192.png', size: 192, svg: SVG },
  { file: 'icon-512.png', size: 512, svg: SVG },
  { file: 'icon-maskable.png', size: 512, svg: FULL },
  { file: 'apple-touch-icon.png', size: 180, svg: FULL },
]

const browser = await chromium.launch({ args: CHROMIUM_ARGS, executablePath: await requireChromium() })
const page = await browser.newPage()
for (const { file, size, svg } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`)
  writeFileSync(join(FOLDER, file), await page.screenshot({ omitBackground: true }))
  console.log(`client/public/${file}`)
}
await browser.close()

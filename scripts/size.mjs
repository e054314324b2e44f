// `npm run size`: the JavaScript that the built app loads before it shows the list of boards, and before it can draw on one, as
// a browser downloads it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './lib/install.mjs'
import { fail } from './lib/run.mjs'

/**
 * Bytes of gzip: 2.3 s on a 1.2 Mbit/s line. In thousands: Pixi and what it stands on 113; tools, shapes, letters and how they are drawn 85;
 * storing, syncing and guarding a board 41, and Yjs 32 below them; the interface 44, a quarter of it icons; Lit 10; ciphers and hashes
 * 6; checks of what comes from outside 5; what puts it all together the rest.
 */
const LIMIT = 345_000

const folder = join(ROOT, 'dist/client')
const page = join(folder, 'index.html')
if (!existsSync(page)) fail('There is no dist/client to measure. Build it first: npm run build')
const files = initialScripts(readFileSync(page, 'utf8'))
if (files.length === 0) fail('dist/client/index.html loads no script: nothing to measure.')

const start = total(files)
const list = start + total(pageScripts('home-page', files))
const board = start + total(pageScripts('board-page', files))
console.log(`${kilobytes(list)}  for the list of boards`)
console.log(`${kilobytes(board)}  for a board (limit ${LIMIT / 1000} KB)`)
if (board > LIMIT)
  fail(
    'A board needs too much JavaScript before it is drawn. Load what its first picture does not need with import().',
  )

/**
 * What each file weighs, and their sum.
 * @param {string[]} scripts
 */
function total(scripts) {
  let sum = 0
  for (const file of scripts) {
    const bytes = gzipSync(readFileSync(join(folder, file)), { level: 9 }).length
    sum += bytes
    console.log(`${kilobytes(bytes)}  ${file}`)
  }
  return sum
}

/**
 * What a page loads beyond what is there: its own script, and all that it imports statically.
 * @param {'home-page' | 'board-page'} page
 * @param {string[]} loaded
 */
function pageScripts(page, loaded) {
  const entry = readdirSync(join(folder, 'assets')).find(
    name => name.startsWith(`${page}-`) && name.endsWith('.js'),
  )
  if (!entry) fail(`dist/client has no script of client/${page}.ts: nothing to measure.`)
  const found = [`assets/${entry}`]
  for (const file of found) {
    for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(
      /\b(?:from|import)\s*"\.\/([^"]+\.js)"/g,
    )) {
      const imported = `assets/${name}`
      if (!loaded.includes(imported) && !found.includes(imported)) found.push(imported)
    }
  }
  return found
}

/**
 * The entry and, as modulepreload links, all that it imports statically.
 * @param {string} html
 */
function initialScripts(html) {
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]+"|<link\b[^>]*\brel="modulepreload"[^>]*>/g) ?? []
  return [...new Set(tags.map(tag => /\b(?:src|href)="\/?([^"]+)"/.exec(tag)?.[1] ?? ''))]
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(7)} KB`
}

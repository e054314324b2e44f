// `npm run size`: the JavaScript that the built page loads before it can draw, as a browser downloads it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './lib/install.mjs'
import { fail } from './lib/run.mjs'

/** Bytes of gzip: 2 s on a 1.2 Mbit/s line. */
const LIMIT = 300_000

const folder = join(ROOT, 'dist/client')
const page = join(folder, 'index.html')
if (!existsSync(page)) fail('There is no dist/client to measure. Build it first: npm run build')
const files = initialScripts(readFileSync(page, 'utf8'))
if (files.length === 0) fail('dist/client/index.html loads no script: nothing to measure.')

let total = 0
for (const file of files) {
  const bytes = gzipSync(readFileSync(join(folder, file)), { level: 9 }).length
  total += bytes
  console.log(`${kilobytes(bytes)}  ${file}`)
}
console.log(`${kilobytes(total)}  initial JavaScript, gzip (limit ${LIMIT / 1000} KB)`)
if (total > LIMIT)
  fail('The initial JavaScript is too big. Load what the first page does not need with import().')

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

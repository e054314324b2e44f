import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'
import { fail, node, secondsSince } from './run.mjs'

/** Files beside the sources that change what is built. */
const CONFIGURATION = ['package-lock.json', 'tsconfig.json', 'vite.config.ts', 'scripts/build.mjs']

const PARTS = {
  client: { sources: ['client', 'shared'], output: 'dist/client/index.html' },
  relay: { sources: ['relay', 'shared'], output: 'dist/relay/main.js' },
}

/** @typedef {keyof typeof PARTS} Part */

/**
 * Builds the parts whose sources differ from those of their last build.
 * @param {Part[]} parts
 */
export async function buildChanged(parts = ['client', 'relay']) {
  const stamps = new Map(parts.map(part => [part, fingerprint(part)]))
  const stale = parts.filter(part => !isBuilt(part, stamps.get(part)))
  if (stale.length === 0) return

  const start = performance.now()
  console.log(`Building ${stale.join(' and ')} ...`)
  for (const part of stale) rmSync(stampFile(part), { force: true })
  const { code } = await node([join(ROOT, 'scripts/build.mjs'), ...stale], { cwd: ROOT })
  if (code !== 0) fail('The build failed (above).')
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  for (const part of stale) writeFileSync(stampFile(part), stamps.get(part) ?? '')
  console.log(`Built in ${secondsSince(start)}`)
}

/**
 * @param {Part} part
 * @param {string | undefined} stamp
 */
function isBuilt(part, stamp) {
  const file = stampFile(part)
  return (
    existsSync(join(ROOT, PARTS[part].output)) && existsSync(file) && readFileSync(file, 'utf8') === stamp
  )
}

/**
 * @param {Part} part
 */
function stampFile(part) {
  return join(ROOT, `dist/.${part}-stamp`)
}

/**
 * Hash of all that a part is built from. Contents, not times: a checkout touches every file. Some hundred small
 * files cost about 10 ms.
 * @param {Part} part
 */
function fingerprint(part) {
  const hash = createHash('sha256')
  for (const file of [...CONFIGURATION, ...PARTS[part].sources.flatMap(folder => filesIn(folder))]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @returns {string[]} sorted; without tests, which are never built
 */
function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.(test|bench|spec)\.ts$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort()
}

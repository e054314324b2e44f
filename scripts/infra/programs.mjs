import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall } from '../lib/apt.mjs'

/** What the checks need, and the Debian package that has it. */
export const PROGRAMS = {
  haproxy: 'haproxy',
  caddy: 'caddy',
  nginx: 'nginx-light',
  promtool: 'prometheus',
  turnserver: 'coturn',
  turnutils_uclient: 'coturn',
  'systemd-analyze': 'systemd',
  'docker-compose': 'docker-compose',
  buildah: 'buildah',
  openssl: 'openssl',
}

/** @typedef {keyof typeof PROGRAMS} Program */

/** @param {Program} program */
export function has(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
  return folders.some(folder => existsSync(join(folder, program)))
}

/**
 * Installs what is missing where that changes nothing else: as root on a Debian whose systemd does not run, such as a
 * container. Elsewhere the packages would start their servers.
 * @returns {Promise<Program[]>} what is missing all the same
 */
export async function provide() {
  if (missing().length > 0 && mayInstall()) {
    console.log(`Installing ${missing().join(', ')} (once) ...`)
    const packages = missing().map(program => PROGRAMS[program])
    const output = await aptInstall(packages)
    if (missing().length > 0) console.error(output)
  }
  return missing()
}

function missing() {
  return /** @type {Program[]} */ (Object.keys(PROGRAMS)).filter(program => !has(program))
}

function mayInstall() {
  return process.getuid?.() === 0 && !existsSync('/run/systemd/system')
}

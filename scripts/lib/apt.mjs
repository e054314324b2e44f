import { existsSync } from 'node:fs'
import { run } from './run.mjs'

/**
 * Installs Debian packages where that needs no password. Null where it cannot be done here, else what apt-get said.
 * @param {readonly string[]} packages
 * @returns {Promise<string | null>}
 */
export async function aptInstall(packages) {
  const aptGet = await aptCommand()
  if (aptGet === null) return null
  await run('sh', ['-c', `${aptGet} update`], { quiet: true })
  const { output } = await run(
    'sh',
    ['-c', `${aptGet} install -y --no-install-recommends ${packages.join(' ')}`],
    {
      quiet: true,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    },
  )
  return output
}

/** How to call apt-get here without a password, or null. */
async function aptCommand() {
  if (!existsSync('/usr/bin/apt-get')) return null
  if (process.getuid?.() === 0) return 'apt-get'
  if (!existsSync('/usr/bin/sudo')) return null
  const { code } = await run('sudo', ['-n', 'true'], { quiet: true })
  return code === 0 ? 'sudo -n apt-get' : null
}

import { spawn } from 'node:child_process'

/** @typedef {import('node:child_process').SpawnOptions} SpawnOptions */

/**
 * Runs a command to its end and passes SIGINT and SIGTERM on to it, so that nothing outlives us.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SpawnOptions & { quiet?: boolean }} [options] quiet: hold the output back, `output` has it.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options })
    let output = ''
    /** @param {Buffer} chunk */
    const collect = chunk => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)

    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null
    /** @param {NodeJS.Signals} signal */
    const stop = signal => {
      stoppedBy = signal
      child.kill(signal)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    const forget = () => process.off('SIGINT', stop).off('SIGTERM', stop)

    child.once('error', error => {
      forget()
      reject(error)
    })
    child.once('close', code => {
      forget()
      if (stoppedBy) process.exit(stoppedBy === 'SIGINT' ? 130 : 143)
      resolve({ code: code ?? 1, output })
    })
  })
}

/**
 * @param {readonly string[]} args
 * @param {SpawnOptions} [options]
 */
export function node(args, options) {
  return run(process.execPath, args, options)
}

/**
 * The npm that started us, or the one on the PATH.
 * @param {readonly string[]} args
 * @param {SpawnOptions & { quiet?: boolean }} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return run(process.execPath, [cli, ...args], options)
  return run('npm', args, { shell: process.platform === 'win32', ...options })
}

/**
 * Stops with a message for the person at the terminal; a stack would only hide it.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}

/** @param {number} start from performance.now() */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { isRunning } from './kill.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** A server that says where it listens, ends on no signal, and makes files as fast as it can. */
const WRITER = `
  process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {})
  const { mkdirSync, writeFileSync } = require('node:fs')
  let at = 0
  console.log('port 1')
  for (;;) try {
    mkdirSync(process.argv[1] + '/data', { recursive: true })
    for (let left = 50; left > 0; left -= 1) writeFileSync(process.argv[1] + '/data/' + at++ % 5000, 'x')
  } catch {}
`

/** The part of the tool that starts a server on a folder, and is told by a signal to end. */
const TOOL = `
  import { endOnSignals } from '${join(ROOT, 'load-tests/cli/exit.ts')}'
  import { startServer } from '${join(ROOT, 'load-tests/servers/server.ts')}'
  import { smallDisk } from '${join(ROOT, 'load-tests/servers/small-disk.ts')}'
  import { temporaryFolder } from '${join(ROOT, 'load-tests/servers/temporary-folder.ts')}'
  endOnSignals()
  const folder = (process.env.WITH_DISK && (await smallDisk(1024 * 1024))) || temporaryFolder()
  const args = ['-e', ${JSON.stringify(WRITER)}, folder.path]
  const { pid } = await startServer({ command: process.execPath, args, cwd: '/', core: null, env: {} })
  console.log(JSON.stringify({ pid, path: folder.path }))
  setInterval(() => undefined, 1000)
`

test.each([
  ['SIGINT', ''],
  ['SIGHUP', ''],
  ['SIGTERM', 'on a disk that is full'],
] as const)(
  'a tool that ends by %s %s leaves no server and no folder',
  { timeout: 30_000 },
  async (signal, disk) => {
    const args = ['--import', 'tsx', '--input-type=module', '-e', TOOL]
    const env = { ...process.env, WITH_DISK: disk }
    const tool = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(tool, 'exit')
    const [line] = (await once(createInterface({ input: tool.stdout }), 'line')) as [string]
    const { pid, path } = JSON.parse(line) as { pid: number; path: string }
    expect([isRunning(pid), existsSync(path)]).toEqual([true, true])
    tool.kill(signal)
    tool.kill(signal)
    expect(await ended).toEqual([1, null])
    expect([isRunning(pid), existsSync(path)]).toEqual([false, false])
  },
)

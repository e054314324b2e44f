import { type ChildProcess, spawn } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import * as v from 'valibot'
import { findWebKit } from '../../../scripts/lib/webkit.mjs'
import type { Tab } from './tab.ts'

export interface WebKit {
  readonly tab: Tab
  close(): Promise<void>
}

/** The WebDriver of WebKitGTK, asked over plain HTTP, with its small browser on a screen that nobody sees. */
export async function startWebKit(): Promise<WebKit> {
  const programs = findWebKit()
  if (!programs) throw new Error('WebKit is not here: npm test -- --only=webkit installs it.')
  const port = await freePort()
  const screen = spawn(
    programs.screen,
    ['-displayfd', '3', '-screen', '0', '1200x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const driver = spawn(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${await displayOf(screen)}` },
  })
  const at = `http://127.0.0.1:${port}/session`
  const session = await newSession(at, programs.browser)
  const ask = (command: string, body: unknown) => post(`${at}/${session}/${command}`, body)
  await ask('window/rect', { width: 1000, height: 760 })
  return {
    tab: webKitTab(ask),
    async close() {
      await fetch(`${at}/${session}`, { method: 'DELETE' })
      driver.kill()
      screen.kill()
    },
  }
}

function webKitTab(ask: (command: string, body: unknown) => Promise<unknown>): Tab {
  const pointer = (action: object) =>
    ask('actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [action] }],
    })
  const keys = (text: string) =>
    ask('actions', {
      actions: [
        {
          type: 'key',
          id: 'keys',
          actions: [...text].flatMap(value => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]),
        },
      ],
    })
  return {
    goto: async url => void (await ask('url', { url })),
    reload: async () => void (await ask('refresh', {})),
    async run<Args extends unknown[], Result>(task: (...args: Args) => Result, ...args: Args) {
      const script = `return (${task})(...arguments)`
      return (await ask('execute/sync', { script, args })) as Result
    },
    move: async ([x, y]) =>
      void (await pointer({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 })),
    down: async () => void (await pointer({ type: 'pointerDown', button: 0 })),
    up: async () => void (await pointer({ type: 'pointerUp', button: 0 })),
    press: async key => void (await keys(KEYS.get(key) ?? key)),
    type: async text => void (await keys(text)),
  }
}

/** What WebDriver calls keys that write nothing. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Enter', '\uE007'],
  ['Escape', '\uE00C'],
])

const answerSchema = v.object({ value: v.unknown() })

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const { value } = v.parse(answerSchema, await response.json())
  if (!response.ok) throw new Error(`WebDriver refused ${url}: ${JSON.stringify(value)}`)
  return value
}

const sessionSchema = v.object({ sessionId: v.string() })

/** Asks again until the driver listens. */
async function newSession(at: string, binary: string): Promise<string> {
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
  }
  for (let tries = 100; ; tries -= 1) {
    try {
      return v.parse(sessionSchema, await post(at, { capabilities })).sessionId
    } catch (error) {
      if (tries === 0 || !(error instanceof TypeError)) throw error
      await pause(100)
    }
  }
}

function displayOf(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('exit', code => reject(new Error(`Xvfb ended with ${code}.`)))
    screen.stdio[3]?.once('data', (number: Buffer) => resolve(number.toString().trim()))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

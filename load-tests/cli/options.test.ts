import { expect, test } from 'vitest'
import { scenarios } from '../scenarios/index.ts'
import { parseCompare } from './compare-options.ts'
import { helpText } from './help.ts'
import { type Options, parseCommand } from './options.ts'
import { flagOf, LOAD_OPTIONS } from './values.ts'

function options(...args: string[]): Options {
  const command = parseCommand(args)
  if (command.name !== 'run') throw new Error('This is no run.')
  return command.options
}

test('a scenario alone has its own load, on a relay of our own', () => {
  for (const scenario of scenarios) {
    const { load, target, ramp } = options(scenario.name)
    expect(load).toEqual({ seed: 1, warmUp: 0, ...scenario.load })
    expect([target, ramp]).toEqual([null, null])
  }
})

test('every number of a load can be set', () => {
  for (const name of Object.keys(LOAD_OPTIONS) as (keyof typeof LOAD_OPTIONS)[]) {
    const { load } = options('many-rooms', `--${flagOf(name)}`, '1')
    expect(load[name]).toBe(1)
  }
})

test('--ramp raises people unless it says otherwise, wherever it stands', () => {
  expect(options('workshop', '--ramp').ramp).toBe('clients')
  expect(options('workshop', '--ramp', '--clients', '5').ramp).toBe('clients')
  expect(options('--ramp', 'workshop').ramp).toBe('clients')
  expect(options('workshop', '--ramp', 'rate').ramp).toBe('rate')
})

test('an address loses the slashes at its end', () => {
  expect(options('sketch', '--target', 'wss://example.org/').target).toBe('wss://example.org')
})

test('people enter by keys, by one token, or without either', () => {
  const at = ['sketch', '--target', 'ws://a:1'] as const
  expect(options(...at).access).toEqual({ by: 'keys' })
  expect(options(...at, '--access', 'none').access).toEqual({ by: 'nothing' })
  expect(options(...at, '--token', 'abc').access).toEqual({ by: 'token', token: 'abc' })
  expect(options(...at, '--protocol', 'hocuspocus').access).toEqual({ by: 'nothing' })
})

test.each([
  [['dance'], 'There is no scenario "dance". There are sketch'],
  [['--clients', '5'], 'Which scenario? One of sketch'],
  [['sketch', 'soak'], 'One scenario at a time, not also soak.'],
  [['sketch', '--clients', 'many'], '--clients is "many". Give a whole number from 1 to 100000.'],
  [['sketch', '--clients', '2.5'], '--clients is "2.5". Give a whole number'],
  [['sketch', '--viewers', '2'], '--viewers is "2". Give a number from 0 to 1.'],
  [['sketch', '--rooms', '50', '--clients', '10'], 'each board needs somebody'],
  [['sketch', '--target', 'http://a'], 'Give an address such as ws://127.0.0.1:8787.'],
  [
    ['sketch', '--target', 'ws://a', '--protocol', 'smtp'],
    'It can be driftboard, y-websocket, hocuspocus, bare.',
  ],
  [['sketch', '--protocol', 'hocuspocus'], '--protocol hocuspocus needs --target'],
  [
    ['sketch', '--target', 'ws://a', '--adapter', 'ws'],
    '--adapter is for the relay that this tool starts itself',
  ],
  [['sketch', '--token', 'x'], '--access and --token are for --target'],
  [['sketch', '--setting', 'PORT'], '--setting is "PORT". Give NAME=value.'],
  [['sketch', '--generator-cores', 'a'], 'Give cores such as 1-3 or 1,3.'],
  [
    ['sketch', '--target', 'ws://a', '--metrics', 'nonsense'],
    '--metrics is "nonsense". Give an address such',
  ],
  [
    ['sketch', '--target', 'ws://a', '--metrics', 'ws://a/metrics'],
    'Give an address such as http://127.0.0.1',
  ],
  [['sketch', '--pid', '1'], '--pid is for --target'],
  [
    ['sketch', '--duration', '3', '--warm-up', '3'],
    '--warm-up is 3 and --duration is 3: no second would count.',
  ],
  [['sketch', '--speed', '3'], "Unknown option '--speed'"],
  [['sketch', '--ramp=rooms'], '--ramp is "rooms". It can be clients, rate.'],
])('%j is refused in words', (args, message) => {
  expect(() => parseCommand(args)).toThrow(message)
})

test('the help names every scenario and every number', () => {
  const help = helpText()
  for (const { name } of scenarios) expect(help).toContain(`  ${name}`)
  for (const name of Object.keys(LOAD_OPTIONS)) expect(help).toContain(`--${flagOf(name)} <n>`)
})

test('a comparison is of everything unless it says of what', () => {
  const all = parseCompare([])
  const some = parseCompare(['--only', 'ours,bare', '--workloads', 'many-rooms', '--clients', '7'])
  if (all === 'help' || some === 'help') throw new Error('This is no help.')
  expect(all.contenders).toHaveLength(5)
  expect(all.workloads).toHaveLength(3)
  expect([some.contenders, some.workloads.map(each => each.name), some.set]).toEqual([
    ['ours', 'bare'],
    ['many-rooms'],
    { clients: 7 },
  ])
  expect(() => parseCompare(['--generator-cores', 'all'])).toThrow('Give cores such as 1-3 or 1,3.')
  expect(() => parseCompare(['--only', 'theirs'])).toThrow('--only has "theirs". It can be ours,ours-ws')
})

import { availableParallelism } from 'node:os'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Access, type Load, type Scenario, TARGETS, type TargetName } from '../plan.ts'
import { RAMPS, type RampBy } from '../result.ts'
import { scenarios } from '../scenarios/index.ts'
import {
  checkWarmUp,
  flagOf,
  LOAD_OPTIONS,
  type LoadOption,
  oneOf,
  readCores,
  readNumber,
  UsageError,
  withRamp,
} from './values.ts'

export interface Options {
  readonly scenario: Scenario
  readonly load: Load
  /** Null: start our own relay. */
  readonly target: string | null
  readonly protocol: TargetName
  readonly access: Access
  readonly adapter: 'native' | 'ws'
  /** What of the load is raised to find the highest that holds; null for one run. */
  readonly ramp: RampBy | null
  readonly processes: number
  readonly pid: number | null
  readonly metrics: string | null
  /** Cores for the server (one) and for the generator; null for all. */
  readonly core: number | null
  readonly generatorCores: string | null
  readonly settings: Readonly<Record<string, string>>
  readonly json: string | null
  readonly html: string | null
  readonly label: string
  /** ms for each process to compare whole documents at the end. */
  readonly compareFor: number
  /** ms to wait at the end for everything to arrive. */
  readonly patience: number
}

export type Command = { readonly name: 'help' } | { readonly name: 'run'; readonly options: Options }

const TEXTS = [
  'target',
  'protocol',
  'access',
  'token',
  'adapter',
  'ramp',
  'slo',
  'processes',
  'pid',
  'metrics',
  'core',
  'generator-cores',
  'json',
  'html',
  'label',
  'docs',
  'wait',
] as const

type TextOption = (typeof TEXTS)[number]

type Given = Readonly<Partial<Record<TextOption, string>>> & { readonly setting?: readonly string[] }

const CONFIG = {
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    setting: { type: 'string', multiple: true },
    ...Object.fromEntries(TEXTS.map(name => [name, { type: 'string' }])),
    ...Object.fromEntries(Object.keys(LOAD_OPTIONS).map(name => [flagOf(name), { type: 'string' }])),
  },
} as const satisfies ParseArgsConfig

/** ms. */
const SAMPLE_FOR = 500
const COMPARE_FOR = 15_000

/** ms. */
const DEFAULT_WAIT = 20_000

/** Reads the command line. Throws UsageError, in words, with all that a person needs to mend it. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(withRamp(args))
  if (values.help === true || args.length === 0) return { name: 'help' }
  const scenario = scenarioOf(positionals)
  const given = values as Given
  const target = given.target === undefined ? null : webSocketUrl('target', given.target)
  checkTogether(given, target)
  const cores = given['generator-cores']
  const protocol = oneOf('protocol', given.protocol ?? 'driftboard', TARGETS)
  return {
    name: 'run',
    options: {
      scenario: withSlo(scenario, given.slo),
      load: loadOf(scenario, values),
      target,
      protocol,
      access: accessOf(given, protocol),
      adapter: oneOf('adapter', given.adapter ?? 'native', ['native', 'ws'] as const),
      ramp: given.ramp === undefined ? null : oneOf('ramp', given.ramp, RAMPS),
      processes: wholeOr(given, 'processes', Math.max(1, availableParallelism() - 1), 1, 64),
      pid: given.pid === undefined ? null : wholeOr(given, 'pid', 0, 1, 4_194_304),
      metrics: given.metrics === undefined ? null : webUrl('metrics', given.metrics),
      core: given.core === undefined ? null : wholeOr(given, 'core', 0, 0, 1023),
      generatorCores: cores === undefined ? null : readCores('generator-cores', cores),
      settings: settingsOf(given.setting ?? []),
      json: given.json ?? null,
      html: given.html ?? null,
      label: given.label ?? `${scenario.name} on ${target ?? 'our relay'}`,
      compareFor:
        oneOf('docs', given.docs ?? 'all', ['all', 'sample'] as const) === 'all' ? COMPARE_FOR : SAMPLE_FOR,
      patience: 1000 * wholeOr(given, 'wait', DEFAULT_WAIT / 1000, 1, 3600),
    },
  }
}

function parsed(args: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ ...CONFIG, args: [...args] })
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/)
    throw new UsageError(`${message}. See --help.`)
  }
}

function scenarioOf([name, ...rest]: readonly string[]): Scenario {
  const names = scenarios.map(each => each.name).join(', ')
  if (name === undefined) throw new UsageError(`Which scenario? One of ${names}.`)
  if (rest.length > 0) throw new UsageError(`One scenario at a time, not also ${rest.join(' ')}.`)
  const found = scenarios.find(each => each.name === name)
  if (!found) throw new UsageError(`There is no scenario ${JSON.stringify(name)}. There are ${names}.`)
  return found
}

function loadOf({ load }: Scenario, values: Readonly<Record<string, unknown>>): Load {
  const set = Object.entries(LOAD_OPTIONS).flatMap(([name, option]) => {
    const text = values[flagOf(name)]
    return typeof text === 'string' ? [[name, readNumber(flagOf(name), text, option)] as const] : []
  })
  const all: Record<LoadOption, number> = { seed: 1, warmUp: 0, ...load, ...Object.fromEntries(set) }
  checkWarmUp(all)
  // Fewer people than the scenario has boards, and no word about boards.
  if (values.rooms === undefined) return { ...all, rooms: Math.min(all.rooms, all.clients) }
  if (all.rooms > all.clients)
    throw new UsageError(
      `--rooms is ${all.rooms} and --clients is ${all.clients}: each board needs somebody.`,
    )
  return all
}

function withSlo(scenario: Scenario, text: string | undefined): Scenario {
  if (text === undefined) return scenario
  const deliveryP99 = readNumber('slo', text, { least: 1, most: 600_000, isWhole: false })
  return { ...scenario, slo: { ...scenario.slo, deliveryP99 } }
}

function checkTogether(given: Given, target: string | null): void {
  const own = ['adapter', 'core', 'setting'] as const
  for (const name of own) {
    if (target !== null && given[name] !== undefined)
      throw new UsageError(`--${name} is for the relay that this tool starts itself; leave out --target.`)
  }
  for (const name of ['pid', 'metrics'] as const) {
    if (target === null && given[name] !== undefined)
      throw new UsageError(`--${name} is for --target: what our own relay uses is known.`)
  }
  if (target === null && given.protocol !== undefined && given.protocol !== 'driftboard')
    throw new UsageError(`--protocol ${given.protocol} needs --target, the address of such a server.`)
  if (target === null && (given.access ?? given.token) !== undefined)
    throw new UsageError('--access and --token are for --target: our own relay is entered by keys.')
  if (given.token !== undefined && given.access !== undefined)
    throw new UsageError('Give --access or --token, not both.')
}

function accessOf({ access, token }: Given, protocol: TargetName): Access {
  if (token !== undefined) return { by: 'token', token }
  const by = oneOf('access', access ?? (protocol === 'driftboard' ? 'keys' : 'none'), [
    'keys',
    'none',
  ] as const)
  return by === 'keys' ? { by } : { by: 'nothing' }
}

function settingsOf(pairs: readonly string[]): Record<string, string> {
  const settings = pairs.map(pair => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--setting is ${JSON.stringify(pair)}. Give NAME=value.`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  return Object.fromEntries(settings)
}

function wholeOr(given: Given, name: TextOption, fallback: number, least: number, most: number): number {
  const text = given[name]
  return text === undefined ? fallback : readNumber(name, text, { least, most, isWhole: true })
}

function webSocketUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && ['ws:', 'wss:'].includes(url.protocol)) return text.replace(/\/+$/, '')
  throw new UsageError(`--${flag} is ${JSON.stringify(text)}. Give an address such as ws://127.0.0.1:8787.`)
}

function webUrl(flag: string, text: string): string {
  if (URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)) return text
  throw new UsageError(
    `--${flag} is ${JSON.stringify(text)}. Give an address such as http://127.0.0.1:8787/metrics.`,
  )
}

import type { Load } from '../plan.ts'
import { RAMPS } from '../result.ts'

/** What was typed is not understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

interface NumberOption {
  readonly least: number
  readonly most: number
  readonly isWhole: boolean
  readonly meaning: string
}

const whole = (least: number, most: number, meaning: string): NumberOption => ({
  least,
  most,
  isWhole: true,
  meaning,
})
const any = (least: number, most: number, meaning: string): NumberOption => ({
  least,
  most,
  isWhole: false,
  meaning,
})

/** The options that set how much there is of a workload: their names on the command line are those of Load, with hyphens. */
export const LOAD_OPTIONS = {
  clients: whole(1, 100_000, 'People, of all boards together.'),
  rooms: whole(1, 100_000, 'Boards. People are spread over them evenly.'),
  rate: any(0, 1000, 'Edits a second of each person who writes.'),
  presence: any(0, 240, 'Presence messages a second of each person.'),
  duration: any(0.1, 604_800, 'Seconds that are measured.'),
  warmUp: whole(0, 3600, 'Of those, seconds at the start that do not count.'),
  joinOver: any(0, 3600, 'Seconds over which people join, evenly.'),
  viewers: any(0, 1, 'Share of the people of each board who only look, 0 to 1.'),
  shapes: whole(0, 100_000, 'Shapes on each board before anybody joins.'),
  seed: whole(
    0,
    0xffff_ffff,
    'What the workload follows from: the same seed makes the same edits at the same times.',
  ),
} as const satisfies Record<keyof Load, NumberOption>

export type LoadOption = keyof typeof LOAD_OPTIONS

export const flagOf = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** Reads a number within bounds. Throws UsageError in words. */
export function readNumber(
  flag: string,
  text: string,
  { least, most, isWhole }: Omit<NumberOption, 'meaning'>,
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  const isRight =
    Number.isFinite(value) && value >= least && value <= most && (!isWhole || Number.isInteger(value))
  if (isRight) return value
  const kind = isWhole ? 'a whole number' : 'a number'
  throw new UsageError(`--${flag} is ${JSON.stringify(text)}. Give ${kind} from ${least} to ${most}.`)
}

/** Throws UsageError when no second would count. */
export function checkWarmUp({
  warmUp = 0,
  duration = Number.POSITIVE_INFINITY,
}: Readonly<Partial<Load>>): void {
  if (warmUp >= duration && warmUp > 0)
    throw new UsageError(`--warm-up is ${warmUp} and --duration is ${duration}: no second would count.`)
}

/** Cores as taskset takes them. Throws UsageError in words; whether this machine has them is looked at later. */
export function readCores(flag: string, text: string): string {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text))
    throw new UsageError(`--${flag} is ${JSON.stringify(text)}. Give cores such as 1-3 or 1,3.`)
  return text
}

/** One of a few words. Throws UsageError that names them. */
export function oneOf<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find(each => each === text)
  if (found === undefined)
    throw new UsageError(`--${flag} is ${JSON.stringify(text)}. It can be ${known.join(', ')}.`)
  return found
}

/** `--ramp` alone raises the number of people. */
export const withRamp = (args: readonly string[]): string[] =>
  args.flatMap((arg, at) =>
    arg === '--ramp' && !RAMPS.some(each => each === args[at + 1]) ? ['--ramp=clients'] : [arg],
  )

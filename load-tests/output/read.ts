import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { FORMAT, FORMAT_VERSION, type RunResult } from '../result.ts'

const headSchema = v.object({ format: v.string(), version: v.number() })

const numbers = <const K extends string>(...names: readonly K[]) =>
  v.looseObject(Object.fromEntries(names.map(name => [name, v.number()])))

const spread = numbers('count', 'p50', 'p90', 'p99', 'p999', 'max')
const codes = v.record(v.string(), v.number())

/** What the report shows without looking again. */
const runSchema = v.looseObject({
  format: v.literal(FORMAT),
  label: v.string(),
  at: v.string(),
  machine: v.looseObject({ cpu: v.string(), cores: v.number(), node: v.string() }),
  target: v.looseObject({ server: v.string() }),
  load: numbers('clients', 'rooms', 'rate', 'duration', 'seed'),
  rows: v.array(v.looseObject({ at: v.number(), delivery: spread, safe: spread, lag: spread })),
  totals: v.looseObject({
    ...{ offered: v.number(), delivered: v.number(), caughtUp: v.number() },
    ...{ framesIn: v.number(), bytesIn: v.number(), closes: codes, refusals: codes },
    ...{ delivery: spread, safe: spread, join: spread, lag: spread },
    server: v.nullable(numbers('cores', 'rssMax', 'cpuPerDelivery')),
  }),
  convergence: v.nullable(v.looseObject({ people: v.number(), inFull: v.number(), isProven: v.boolean() })),
  verdict: v.looseObject({
    isHeld: v.boolean(),
    misses: v.array(v.string()),
    generatorLimits: v.array(v.string()),
  }),
})

/** What `--ramp` and the comparison write: several runs. */
const severalSchema = v.union([
  v.looseObject({ runs: v.array(v.unknown()) }),
  v.pipe(
    v.looseObject({ entries: v.array(v.looseObject({ result: v.unknown() })) }),
    v.transform(({ entries }) => ({ runs: entries.map(entry => entry.result) })),
  ),
])

/** The runs in a file that this tool wrote. Rejects, in words, for any other file. */
export async function readRuns(file: string): Promise<readonly RunResult[]> {
  const content = await contentOf(file)
  const head = v.safeParse(headSchema, content)
  if (!head.success || !head.output.format.startsWith(FORMAT))
    throw new Error(`${file} holds no results of a load test.`)
  if (head.output.version !== FORMAT_VERSION)
    throw new Error(
      `${file} is of version ${head.output.version}; this program reads version ${FORMAT_VERSION}.`,
    )
  if (head.output.format === FORMAT) return [checked(file, content)]
  const several = v.safeParse(severalSchema, content)
  if (!several.success || several.output.runs.length === 0) throw new Error(`${file} holds no runs.`)
  return several.output.runs.map(run => checked(file, run))
}

async function contentOf(file: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new Error(`${file} cannot be read.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is not JSON.`)
  }
}

function checked(file: string, run: unknown): RunResult {
  const result = v.safeParse(runSchema, run)
  if (result.success) return run as RunResult
  throw new Error(`${file} is damaged at ${v.getDotPath(result.issues[0]) ?? 'its beginning'}.`)
}

import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { FORMAT, FORMAT_VERSION, type RampResult, type RunResult } from '../result.ts'

const headSchema = v.object({ format: v.string(), version: v.number() })

const runSchema = v.looseObject({
  format: v.literal(FORMAT),
  label: v.string(),
  load: v.looseObject({ clients: v.number(), duration: v.number() }),
  rows: v.array(v.looseObject({ at: v.number() })),
  totals: v.looseObject({ delivered: v.number() }),
  verdict: v.looseObject({ isHeld: v.boolean() }),
})

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
  const { runs } = content as Pick<RampResult, 'runs'>
  if (!Array.isArray(runs)) throw new Error(`${file} holds no runs.`)
  return runs.map(run => checked(file, run))
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

import { systemClock } from '../../../shared/util/clock.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import { parseConfig } from '../../config.ts'
import { startRelay } from '../../relay.ts'
import { adapters } from '../adapters.ts'

/** What the process of a relay tells the test that started it. */
export type Word = { readonly port: number } | { readonly memoryBytes: number }

/** What it may be asked. */
export type Question = 'memory'

const wanted = process.argv[2]
const serve = adapters.find(([name]) => name === wanted)?.[1]
if (!serve) throw new Error(`There is no adapter ${wanted} on this Node.`)

const say = (word: Word): void => void process.send?.(word)

const silent = () => undefined
const logger = { info: silent, warn: silent, error: silent }
const relay = await startRelay(parseConfig(process.env), {
  clock: systemClock,
  random: secureRandom,
  logger,
  serve,
})

process.on('message', (question: Question) => {
  if (question !== 'memory') return
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  say({ memoryBytes: heapUsed + external })
})
process.on('disconnect', () => process.exit())
say({ port: relay.port })

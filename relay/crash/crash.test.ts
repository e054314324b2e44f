import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeS3, ownPrefix } from '../storage/testing/s3.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { type BuiltRelay, buildRelay } from './testing/build.ts'
import { live, runsOf } from './testing/matrix.ts'

/** ms. Three processes of a relay start in each run, and five runs share two cores. */
const PATIENCE = 60_000

const runs = runsOf(20).map(
  run => [`seed ${run.seed}: ${run.first.name}, then ${run.second.name}`, run] as const,
)

let relay: BuiltRelay
beforeAll(async () => {
  relay = await buildRelay()
})
afterAll(() => relay.remove())

describe('a relay that dies twice loses nothing that it has acknowledged', () => {
  test.concurrent.each(runs)(
    '%s',
    async (_name, run) => {
      const { ledger } = await live(run, relay.file, await temporaryFolder())
      expect(ledger.acknowledged).toBeGreaterThan(0)
    },
    PATIENCE,
  )
})

describeS3('a relay whose snapshots are in S3, and whose disk is lost in some runs', server => {
  const bucket = ownPrefix(server)
  const settings = {
    S3_ENDPOINT: bucket.endpoint ?? '',
    S3_BUCKET: bucket.bucket,
    S3_REGION: bucket.region,
    S3_PREFIX: bucket.prefix,
  }
  const some = runs.filter(([, { first, second }]) => first.operation === 'put' || second.losesLog)

  test.concurrent.each(some)(
    '%s',
    async (_name, run) => {
      const { ledger } = await live(run, relay.file, await temporaryFolder(), settings)
      expect(ledger.acknowledged).toBeGreaterThan(0)
    },
    PATIENCE,
  )
})

import { describe, test } from 'vitest'
import { newId } from '../../../shared/util/ids.ts'
import { secureRandom } from '../../../shared/util/random.ts'
import type { S3Settings } from '../s3-bucket.ts'

const { TEST_S3_ENDPOINT, TEST_S3_BUCKET, TEST_S3_REGION = 'us-east-1' } = process.env

/** Of the server that tests may write to; null where there is none. Credentials come by the usual AWS variables. */
const SERVER: S3Settings | null =
  TEST_S3_ENDPOINT && TEST_S3_BUCKET
    ? {
        endpoint: TEST_S3_ENDPOINT,
        bucket: TEST_S3_BUCKET,
        region: TEST_S3_REGION,
        prefix: '',
        sse: null,
        kmsKeyId: null,
      }
    : null

/** Declares a suite that needs a real S3 server. Without one it is skipped, and says why. */
export function describeS3(name: string, suite: (server: S3Settings) => void): void {
  if (SERVER) {
    describe(name, () => suite(SERVER))
  } else {
    test.skip(`${name}: TEST_S3_ENDPOINT and TEST_S3_BUCKET name no S3 server; npm test starts one`, () =>
      undefined)
  }
}

/** A corner of the test bucket that nobody else uses. */
export const ownPrefix = (server: S3Settings): S3Settings => ({
  ...server,
  prefix: `test-${newId(secureRandom)}`,
})

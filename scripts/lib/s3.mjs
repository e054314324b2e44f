import { requireCeph, startCeph } from './ceph.mjs'
import { fail } from './run.mjs'

/** @typedef {{ env: Record<string, string>, stop(): Promise<void> }} TestS3 */

/** @type {TestS3} */
const NONE = { env: {}, stop: async () => undefined }

/** Suites that need none. */
const IN_BROWSERS = ['e2e', 'firefox', 'webkit']

/**
 * Starts an S3 server for the suites that need one, unless TEST_S3_ENDPOINT names one or none of them is to be run.
 * Where none can be had they are skipped, and this says why; with TEST_S3=required that is a failure.
 * @param {string | undefined} only the only suite to be run
 * @param {readonly string[]} filters of test files
 * @returns {Promise<TestS3>}
 */
export async function startS3(only, filters) {
  if (process.env.TEST_S3_ENDPOINT || (only && IN_BROWSERS.includes(only))) return NONE
  if (filters.length > 0 && !filters.some(filter => /relay|storage|s3/.test(filter))) return NONE

  const missing = await requireCeph()
  if (missing !== null) return without(missing)
  console.log('Starting an S3 server for the tests ...')
  try {
    return await startCeph()
  } catch (error) {
    return without(error instanceof Error ? error.message : String(error))
  }
}

/**
 * @param {string} reason
 * @returns {TestS3}
 */
function without(reason) {
  const message =
    `${reason}\nThe S3 suites need a server: install Ceph, or set TEST_S3_ENDPOINT, TEST_S3_BUCKET, AWS_ACCESS_KEY_ID ` +
    'and AWS_SECRET_ACCESS_KEY.'
  if (process.env.TEST_S3 === 'required') fail(message)
  console.log(`\n${message} They are skipped.\n`)
  return NONE
}

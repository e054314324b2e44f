/** Between the start of this process and that of the machine's monotonic clock, ms. */
const OFFSET = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** ms of the machine's monotonic clock: the same in every process of this machine, and never set back. */
export const now = (): number => performance.now() + OFFSET

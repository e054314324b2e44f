import { cpus, totalmem } from 'node:os'
import type { Machine } from '../result.ts'

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory: totalmem(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
})

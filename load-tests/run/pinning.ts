import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { CompareOptions } from '../cli/compare-options.ts'
import { TASKSET } from '../servers/taskset.ts'
import type { Pinned } from './comparison.ts'

/** The server on one core and the generator on all others, as far as this machine has them and can pin. */
export function pinning(options: Pick<CompareOptions, 'core' | 'generatorCores' | 'processes'>): Pinned {
  const cores = availableParallelism()
  const canPin = process.platform === 'linux' && cores > 1 && existsSync(TASKSET)
  const processes = options.processes ?? Math.max(1, cores - 1)
  if (!canPin) return { core: null, generatorCores: null, processes }
  const core = options.core ?? 0
  const others = Array.from({ length: cores }, (_, at) => at).filter(at => at !== core)
  return { core, generatorCores: options.generatorCores ?? others.join(','), processes }
}

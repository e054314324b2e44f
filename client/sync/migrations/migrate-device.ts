import { boardsV1ToV2 } from './boards-v1-to-v2.ts'
import type { DeviceStep, LeftBehind, MigrationOptions } from './device-step.ts'

const DEVICE_STEPS: readonly DeviceStep[] = [{ to: 2, run: boardsV1ToV2 }]

/**
 * Brings what this device holds to this version, step by step, before anything else uses it. Which steps there are to do is
 * seen from what lies there, not noted: so a crash anywhere leaves nothing to mend. Never rejects; returns what was left behind.
 */
export async function migrateDevice(options: MigrationOptions): Promise<readonly LeftBehind[]> {
  if (!options.indexedDB) return []
  const left: LeftBehind[] = []
  for (const step of DEVICE_STEPS) left.push(...(await step.run(options)))
  return left
}

import { databaseV1ToV2 } from './database-v1-to-v2.ts'

/** A change of the layout of the device's database, within the transaction that opens it. */
export interface DatabaseStep {
  /** The version that it leads to; the steps of all versions after the stored one run, in order. */
  readonly to: number
  run(db: IDBDatabase): void
}

export const DATABASE_STEPS: readonly DatabaseStep[] = [{ to: 2, run: databaseV1ToV2 }]

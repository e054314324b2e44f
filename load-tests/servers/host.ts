import type { Disaster } from '../plan.ts'

/** The server under load. */
export interface Host {
  /** Such as ws://127.0.0.1:8787. */
  readonly url: string
  /** For a report. */
  readonly description: string
  /** Of its process now; null where that is not known. */
  readonly pid: number | null
  /** Where it tells its metrics; null for nowhere. */
  readonly metrics: string | null
  /** Rejects, in words, where this server cannot be treated so. */
  strike(disaster: Disaster): Promise<void>
  stop(): Promise<void>
}

/** A server that somebody else runs. */
export function remoteHost(url: string, pid: number | null, metrics: string | null): Host {
  return {
    ...{ url, pid, metrics, description: url },
    strike: disaster => {
      throw new Error(
        `A server that this tool did not start is not struck by "${disaster}". Leave out --target.`,
      )
    },
    stop: async () => undefined,
  }
}

import type { Standing } from '../verdict.ts'

/** `missed` also when it could not run. */
export const EXIT = { held: 0, missed: 1, misused: 2, 'says nothing': 3 } as const satisfies Record<
  Standing | 'misused',
  number
>

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** For the help. */
export const EXIT_TEXT = `${EXIT.held} it held, ${EXIT.missed} it did not (or could not run), ${EXIT.misused} the command line is not understood,
${EXIT['says nothing']} it says nothing of the relay: the generator was the bottleneck.`

/**
 * Ends at once on a signal, and takes along what was started: that waits for this process's `exit`, which a signal alone does not
 * bring. Every further one is heard too, or it would end this process in the midst of that.
 */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.exit(EXIT.missed))
}

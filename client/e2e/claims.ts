import type { Person } from './person.ts'

/**
 * Follows which shapes are on the board whenever the page says that all is saved on this device, and keeps every relay away:
 * what comes back after a crash comes from the disk. Returns the ids of the last such moment, also once the browser is dead.
 */
export async function followClaims({ context }: Person): Promise<() => readonly string[]> {
  let saved: readonly string[] = []
  await context.routeWebSocket('**', socket => socket.close())
  await context.exposeFunction('claimSaved', (ids: readonly string[]) => {
    saved = ids
  })
  await context.addInitScript(() => {
    let claimed: unknown
    setInterval(() => {
      const { editor, status } = window.driftboard ?? {}
      if (status?.().device !== 'saved' || editor?.board.ordered === claimed) return
      claimed = editor?.board.ordered
      window.claimSaved([...(editor?.board.shapes.keys() ?? [])])
    })
  })
  return () => saved
}

declare global {
  interface Window {
    claimSaved(ids: readonly string[]): void
  }
}

/** What of the File Handling API is used; not every browser has it. */
interface LaunchQueue {
  setConsumer(consume: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void
}

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue
  }
}

/** Opens the files that the installed app was started with, from the desktop. */
export function openLaunched(open: (files: readonly File[]) => void): void {
  window.launchQueue?.setConsumer(async ({ files = [] }) => {
    if (files.length > 0) open(await Promise.all(files.map(handle => handle.getFile())))
  })
}

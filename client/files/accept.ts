import { ARCHIVE_EXTENSION } from './archive/kind.ts'

/** What drawings are called. Apart from their readers, which are loaded when a file is opened. */
export const DRAWING_KINDS = {
  excalidraw: { extension: '.excalidraw', mime: 'application/vnd.excalidraw+json' },
  excalidrawlib: { extension: '.excalidrawlib', mime: 'application/vnd.excalidrawlib+json' },
  tldr: { extension: '.tldr', mime: 'application/vnd.tldraw+json' },
} as const

/** For the `accept` of a file chooser. Old drawings were saved as `.json`, Obsidian keeps them in notes, and pictures may hold one. */
export const openDialogAccept = [
  ARCHIVE_EXTENSION,
  ...Object.values(DRAWING_KINDS).flatMap(({ extension, mime }) => [extension, mime]),
  '.json',
  '.md',
  'image/png',
  'image/svg+xml',
].join(',')

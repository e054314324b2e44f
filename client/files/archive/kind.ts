/** The end of the names of files that hold whole boards. */
export const ARCHIVE_EXTENSION = '.driftboard'

/** The first bytes of a ZIP archive. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]

/** Whether a file is a ZIP archive, by its first bytes: all that is known of it before the code that reads it is loaded. */
export const isArchive = (start: Uint8Array): boolean => ZIP.every((byte, i) => start[i] === byte)

/** A name for a file that holds a board with this title, which every system takes. */
export function archiveName(title: string): string {
  const plain = title
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return `${[...plain].slice(0, 80).join('').trim() || 'Untitled board'}${ARCHIVE_EXTENSION}`
}

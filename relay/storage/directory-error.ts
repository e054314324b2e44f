import { StorageError } from './update-log.ts'

/** The file system's code for what went wrong, such as ENOSPC; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** What a failed call means to the operator. `doing` completes "could not ...". */
export function directoryError(directory: string, doing: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new StorageError(
    `DATA_DIR: could not ${doing} in ${directory} (${reason}). ${adviceFor(codeOf(error))}`,
  )
}

function adviceFor(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk or the quota is full. Free some space; what was stored before is still there.'
    case 'EACCES':
    case 'EPERM':
      return 'Give the user that runs the relay the right to read and write there, or set DATA_DIR to a directory where it may.'
    case 'EROFS':
      return 'The file system is mounted read-only. Mount it writable, or set DATA_DIR to one that is.'
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open. Raise the limit of open files (ulimit -n, or LimitNOFILE= in systemd).'
    case 'EIO':
      return 'The disk reports an error. Check it, and restore DATA_DIR from a backup if files are damaged.'
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return 'A file is where a directory is wanted, or the other way round. Move away what was not made by the relay.'
    default:
      return 'Check that the directory can be read and written by the user that runs the relay.'
  }
}

import { BackupDialog } from './app/home/backup.ts'
import { listen } from './app/index.ts'
import type { Backup } from './app/model/backup.ts'
import { type OpenedBoards, openArchive } from './archive-open.ts'
import { saveAll } from './archive-save.ts'
import type { Device } from './device.ts'
import { download } from './download.ts'
import { ARCHIVE_EXTENSION } from './files/archive/kind.ts'
import { FileError } from './files/error.ts'
import { focused } from './focused.ts'
import { tellMissing } from './save-copy.ts'
import { stretchInWorker } from './vault/passphrase.ts'
import { isSealedFile, openSealedFile, sealFile } from './vault/sealed-file.ts'

const SAVING = 'Backing up your boards'
const OPENING = 'Opening the file'

/** Asks how all boards are to be saved into one file, and saves them. */
export async function backUp(device: Device): Promise<void> {
  await device.libraryLoaded
  const dialog = openDialog()
  const asking = (problem: string): Backup => ({
    at: 'asking',
    boards: device.library.entries.length,
    problem,
  })
  const save = async (passphrase: string | null) => {
    try {
      const of = device.library.entries.length
      const saved = await saveAll(device, done =>
        dialog.show({ at: 'working', what: SAVING, done, of, canStop: true }),
      )
      if (!saved) return
      const { file } = saved
      if (passphrase !== null)
        dialog.show({ at: 'working', what: 'Locking the file', done: 0, of: null, canStop: true })
      const locked = passphrase === null ? file : await sealFile(file, passphrase, sealing(device))
      if (!dialog.isOpen) return
      dialog.close()
      download(locked, `Driftboard ${dateText(device.clock.now())}${ARCHIVE_EXTENSION}`)
      device.notices.info(
        of === 1 ? 'Your board is in the file.' : `All ${of.toLocaleString('en')} boards are in the file.`,
      )
      tellMissing(device.notices, saved)
    } catch (error) {
      dialog.show(asking(messageOf(error)))
    }
  }
  listen(dialog.element, 'save-backup', ({ passphrase }) => void save(passphrase))
  dialog.show(asking(''))
}

/**
 * Takes in the boards of a file, after asking for its passphrase when it is locked. Resolves to null when the person closed the
 * dialog. Rejects with what is wrong, in words for the person.
 */
export async function openArchiveFile(device: Device, file: File): Promise<OpenedBoards | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const dialog = openDialog()
  try {
    const plain = isSealedFile(bytes) ? await unlocked(device, dialog, file.name, bytes) : bytes
    if (!plain) return null
    dialog.show({ at: 'working', what: OPENING, done: 0, of: null, canStop: false })
    // The dialog is on the screen before a large file takes the processor.
    await dialog.element.updateComplete
    return await openArchive(device, file.name, plain, (done, of) =>
      dialog.show({ at: 'working', what: OPENING, done, of, canStop: false }),
    )
  } finally {
    dialog.close()
  }
}

/** Asks until the passphrase is the right one. Null when the person closed the dialog. */
function unlocked(
  device: Device,
  dialog: Dialog,
  name: string,
  bytes: Uint8Array,
): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const ask = (problem: string) => dialog.show({ at: 'locked', name, problem })
    const attempt = async (passphrase: string) => {
      dialog.show({ at: 'working', what: OPENING, done: 0, of: null, canStop: false })
      const opened = await openSealedFile(bytes, passphrase, sealing(device))
      if (opened.at === 'open') resolve(opened.bytes)
      else if (opened.at === 'wrong') ask('That is not its passphrase. Try again.')
      else reject(unopened(name, opened.at))
    }
    listen(dialog.element, 'open-backup', ({ passphrase }) => void attempt(passphrase).catch(reject))
    listen(dialog.element, 'close-backup', () => resolve(null))
    ask('')
  })
}

const unopened = (name: string, at: 'damaged' | 'newer'): FileError =>
  at === 'newer'
    ? new FileError(
        `"${name}" was locked by a newer version of Driftboard.`,
        '',
        'Reload this page to update, then open the file again.',
      )
    : new FileError(`"${name}" is damaged, or cut short.`, '', 'Take another copy of the file.')

const sealing = ({ random }: Device) => ({ random, stretch: stretchInWorker })

interface Dialog {
  readonly element: BackupDialog
  readonly isOpen: boolean
  /** Returns whether the dialog is still open: the person may have closed it. */
  show(backup: Backup): boolean
  close(): void
}

function openDialog(): Dialog {
  const element = new BackupDialog()
  const opener = focused(document)
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    element.remove()
    opener?.focus()
  }
  listen(element, 'close-backup', close)
  document.body.append(element)
  return {
    element,
    get isOpen() {
      return isOpen
    },
    show(backup) {
      if (isOpen) element.backup = backup
      return isOpen
    },
    close,
  }
}

/** For the name of a file: 2026-03-09. */
const dateText = (now: number): string => new Date(now).toISOString().slice(0, 10)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

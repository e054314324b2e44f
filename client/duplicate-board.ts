import { LIMITS } from '../shared/schema/limits.ts'
import { newId } from '../shared/util/ids.ts'
import { copyContent } from './board/whole-document.ts'
import { type Device, makeBoard } from './device.ts'
import { changeStored, withStored } from './stored-board.ts'
import { ImageFiles } from './sync/assets/image-files.ts'

const SUFFIX = ' (copy)'

/** Makes a board with the content and the images of another one, and an owner of its own. */
export async function duplicateBoard(device: Device, id: string): Promise<void> {
  const { clock, library, notices, random, store } = device
  const title = library.entry(id)?.title || 'Untitled board'
  try {
    const copy = newId(random)
    await new ImageFiles(store.files(id)).copyTo(new ImageFiles(store.files(copy)))
    const named = `${title.slice(0, LIMITS.titleLength - SUFFIX.length)}${SUFFIX}`
    const leftOut = await withStored(store, id, from =>
      changeStored(store, copy, to => copyContent(from, to, named, clock.now())),
    )
    makeBoard(device, copy)
    library.rename(copy, named)
    if (leftOut > 0) notices.info(leftOutText(leftOut))
  } catch (error) {
    notices.error(
      `“${title}” could not be duplicated. ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const leftOutText = (count: number): string =>
  count === 1
    ? 'One shape that this version cannot read is not on the copy.'
    : `${count.toLocaleString('en')} shapes that this version cannot read are not on the copy.`

import { fire } from '../events.ts'

/** For the browser's file chooser: what a board takes, and SVG, of which a board takes a picture. */
const ACCEPT = 'image/*'

/** Has the person choose images, and reports them as files to add. Needs a press or a key just before. */
export const chooseImages = (target: EventTarget): void =>
  choose(true, files => fire(target, 'open-files', { files, at: null }))

/** Has the person choose an image in place of that of the shape `id`. */
export const chooseReplacement = (target: EventTarget, id: string): void =>
  choose(false, ([file]) => file && fire(target, 'replace-image', { id, file }))

/** The one that was opened last. A browser may forget an input that nothing holds, and with it what was chosen. */
let asked: HTMLInputElement | undefined

function choose(multiple: boolean, take: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', accept: ACCEPT, multiple })
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    if (files.length > 0) take(files)
  })
  asked = input
  asked.click()
}

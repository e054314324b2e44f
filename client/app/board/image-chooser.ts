import { fire } from '../events.ts'

/** For the browser's file chooser: what a board takes, and SVG, of which a board takes a picture. */
const ACCEPT = 'image/*'

/** Has the person choose images, and reports them as files to add. Needs a press or a key just before. */
export function chooseImages(target: EventTarget): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = ACCEPT
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    if (files.length > 0) fire(target, 'open-files', { files, at: null })
  })
  input.click()
}

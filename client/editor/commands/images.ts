import type { ImageShape } from '../../../shared/shapes/image.ts'
import type { CommandTarget } from '../actions.ts'
import { uncropped } from '../crop.ts'
import { tidied } from '../tidy.ts'
import { type Command, canChange } from './command.ts'

/** The one selected image. */
function imageOf({ selected }: CommandTarget): ImageShape | undefined {
  const [only, ...others] = selected
  return only?.type === 'image' && others.length === 0 ? only : undefined
}

const hasImage = (editor: CommandTarget): boolean => canChange(editor) && imageOf(editor) !== undefined

export const IMAGE_COMMANDS: readonly Command[] = [
  {
    id: 'image-crop',
    title: 'Crop the image',
    section: 'Edit',
    keys: [],
    enabled: hasImage,
    run(editor) {
      const image = imageOf(editor)
      if (!image) return
      editor.use('crop')
      editor.select([image.id])
    },
  },
  {
    id: 'image-uncrop',
    title: 'Show all of the image',
    section: 'Edit',
    keys: [],
    enabled: editor => hasImage(editor) && imageOf(editor)?.crop !== null,
    run(editor) {
      const image = imageOf(editor)
      if (!image) return
      const patch = tidied(uncropped(image), editor.state.camera.zoom)
      editor.commit([{ op: 'patch', id: image.id, patch }])
    },
  },
  {
    id: 'image-replace',
    title: 'Replace the image',
    section: 'Edit',
    keys: [],
    enabled: editor => hasImage(editor) && editor.images !== undefined,
    run(editor) {
      const image = imageOf(editor)
      if (image) editor.images?.replace(image.id)
    },
  },
]

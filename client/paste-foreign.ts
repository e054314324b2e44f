import type { Vec } from '../shared/geometry/vec.ts'
import { needed, PartMissing } from './app/index.ts'
import type { SystemClipboard } from './app/input/system-clipboard.ts'
import type { BoardImages } from './board-images.ts'
import type { Device } from './device.ts'
import { pasteText, type TextClipboard } from './editor/actions.ts'
import type { Editor } from './editor/editor.ts'
import type { Imported } from './files/imported.ts'
import { type PastedKind, pastedKind } from './files/pasted-kind.ts'

/** What was pasted, and where to; null for the middle of the view. */
interface Pasted {
  readonly text: string
  readonly html: string
  readonly at: Vec | null
}

type PasteForeign = (pasted: Pasted) => boolean

export interface PasteParts {
  readonly device: Device
  readonly images: BoardImages
  readonly editor: () => Editor
}

/** Takes what other programs have copied, and diagrams that are text. Returns false for everything else. */
export const foreignPaste =
  ({ device, images, editor }: PasteParts): PasteForeign =>
  pasted => {
    const kind = pastedKind(pasted.text, pasted.html)
    if (kind === undefined || editor().isReadOnly) return false
    void paste(kind, pasted, { device, images, editor })
    return true
  }

/** The clipboard for a menu that pastes: what other programs have left in it is taken, and is no text then. */
export const withForeign = (clipboard: SystemClipboard, take: PasteForeign): TextClipboard => ({
  writeText: text => clipboard.writeText(text),
  readPlain: async () => (await clipboard.readCopied()).text,
  async readText() {
    const { text, html } = await clipboard.readCopied()
    return take({ text, html, at: null }) ? '' : text
  },
})

/** What cannot become shapes is pasted as the text that it is. */
async function paste(
  kind: PastedKind,
  pasted: Pasted,
  { device, images, editor }: PasteParts,
): Promise<void> {
  const { notices } = device
  const asText = () => void pasteText(editor(), pasted.text, pasted.at ?? undefined)
  if (kind === 'other') {
    asText()
    notices.info('Of Mermaid, flowcharts and sequence diagrams become shapes. This one is pasted as text.')
    return
  }
  try {
    await device.fontsLoaded
    const imported = await read(kind, pasted, editor())
    const { addImported } = await needed(READERS, () => import('./open-files.ts'))
    if (imported)
      await addImported(editor(), notices, images, imported, {
        name: 'the clipboard',
        at: pasted.at,
        isPasted: true,
      })
    else asText()
  } catch (error) {
    if (error instanceof PartMissing) {
      const again = () => void paste(kind, pasted, { device, images, editor })
      notices.error(error.message, { label: 'Try again', run: again })
      return
    }
    if (pasted.text !== '') asText()
    notices.error(error instanceof Error ? error.message : String(error))
  }
}

const READERS = 'What reads drawings'

async function read(
  kind: Exclude<PastedKind, 'other'>,
  { text, html }: Pasted,
  { lineWidth }: Editor,
): Promise<Imported | undefined> {
  switch (kind) {
    case 'flowchart':
    case 'sequence': {
      const { readMermaid } = await needed(READERS, () => import('./files/pasted.ts'))
      return readMermaid(kind, text, lineWidth)
    }
    case 'tldraw': {
      const { readTldrawHtml } = await needed(READERS, () => import('./files/pasted.ts'))
      return readTldrawHtml(html, lineWidth)
    }
    case 'excalidraw':
    case 'scene': {
      const { readFile } = await needed(READERS, () => import('./files/index.ts'))
      return await readFile('The clipboard', text, lineWidth)
    }
    case 'svg': {
      // Only a picture that holds a drawing is more than its text.
      const { holdsDrawing, readFile } = await needed(READERS, () => import('./files/index.ts'))
      const bytes = new TextEncoder().encode(text)
      return (await holdsDrawing(new Blob([bytes])))
        ? await readFile('The clipboard', bytes, lineWidth)
        : undefined
    }
  }
}

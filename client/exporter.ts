import { type Notices, needed, PartMissing } from './app/index.ts'
import type { BoardImages } from './board-images.ts'
import type { Device } from './device.ts'
import { download } from './download.ts'
import type { Editor } from './editor/editor.ts'
import type { Exporter, ExportOptions } from './editor/export.ts'
import { archiveName } from './files/archive/kind.ts'

export interface ExporterParts {
  readonly device: Pick<Device, 'clock' | 'fontsLoaded' | 'notices'>
  readonly images: Pick<BoardImages, 'assets'>
  readonly editor: () => Editor
}

/** Makes files of an open board. */
export function boardExporter({ device, images, editor }: ExporterParts): Exporter {
  const { clock, fontsLoaded, notices } = device
  const make = async (options: ExportOptions): Promise<Blob> => {
    await fontsLoaded
    const { makeFile } = await needed('The export', () => import('./export-make.ts'))
    const target = editor()
    const title = target.board.title || 'Untitled board'
    const image = (asset: string) => images.assets.get(asset)
    return await makeFile({ editor: target, title, now: clock.now(), image }, options)
  }
  return {
    make,
    save: options =>
      told(notices, async () => {
        const name = archiveName(editor().board.title).replace(/\.driftboard$/, `.${options.format}`)
        download(await make(options), name)
      }),
    copy: options =>
      told(notices, async () => {
        await copied(make(options), options)
        notices.info(`It is on the clipboard as ${WORDS[options.format]}.`)
      }),
  }
}

const WORDS = {
  png: 'a PNG picture',
  svg: 'SVG',
  pdf: 'PDF',
  excalidraw: 'a drawing for Excalidraw',
  excalidrawlib: 'a library for Excalidraw',
} as const

/** The clipboard is asked for at once, while the browser still knows that the person wanted it. */
async function copied(file: Promise<Blob>, { format }: ExportOptions): Promise<void> {
  const { clipboard } = navigator as { readonly clipboard?: Clipboard }
  if (!clipboard) throw new Error('This browser gives no clipboard. Save it as a file instead.')
  const type = format === 'png' ? 'image/png' : 'text/plain'
  await clipboard.write([new ClipboardItem({ [type]: file.then(blob => new Blob([blob], { type })) })])
}

async function told(notices: Notices, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const isMissing = error instanceof PartMissing
    const again = { label: 'Try again', run: () => void told(notices, run).catch(() => {}) }
    notices.error(
      `The file could not be made. ${error instanceof Error ? error.message : String(error)}`,
      isMissing ? again : undefined,
    )
    throw error
  }
}

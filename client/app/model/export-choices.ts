import type { ExportFormat, ExportOptions, ExportScope } from '../../editor/export.ts'

export const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  png: 'PNG picture',
  svg: 'SVG picture',
  pdf: 'PDF',
  excalidraw: 'Excalidraw drawing',
  excalidrawlib: 'Excalidraw library',
}

/** What there is on the page that could be exported. */
export interface Exportable {
  /** In the order of reading. */
  readonly frames: readonly { readonly id: string; readonly name: string }[]
  readonly hasSelection: boolean
  /** Whether the board has other pages. */
  readonly hasPages: boolean
}

type ScopeChoice = readonly [scope: ExportScope, title: string]

/** What of the page a file of this format can hold, for the person to choose from. */
export function scopeChoices(
  format: ExportFormat,
  { frames, hasSelection, hasPages }: Exportable,
): readonly ScopeChoice[] {
  const whole = hasPages ? 'This page' : 'The whole board'
  const selection: readonly ScopeChoice[] = hasSelection ? [['selection', 'What is selected']] : []
  const single = frames.map(({ id, name }): ScopeChoice => [`frame:${id}`, `Frame “${name}”`])
  if (format !== 'pdf' || frames.length === 0) return [['page', whole], ...selection, ...single]
  const pages = frames.length === 1 ? 'Its frame, as one page' : `Each frame, as ${frames.length} pages`
  return [['frames', pages], ['page', `${whole}, as one page`], ...selection, ...single]
}

/** The same in another format: a PDF has a page for each frame unless another choice was made, and nothing else has pages. */
export function withFormat(options: ExportOptions, format: ExportFormat, page: Exportable): ExportOptions {
  if (options.format === format) return options
  const { scope } = options
  if (format === 'pdf' && scope === 'page' && page.frames.length > 0)
    return { ...options, format, scope: 'frames' }
  return { ...options, format, scope: scope === 'frames' ? 'page' : scope }
}

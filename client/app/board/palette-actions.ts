import { EXPORT_FORMATS, type ExportFormat } from '../../editor/export.ts'
import { slidesOf } from '../../editor/presentation.ts'
import type { Style } from '../../editor/types.ts'
import type { AppEditor } from '../app-editor.ts'
import { FORMAT_NAMES, withFormat } from '../model/export-choices.ts'
import { FILLS, STROKES } from '../model/palette.ts'
import type { PaletteCommand } from '../model/palette-search.ts'
import { pathStyle } from '../model/path-kind.ts'
import { type StyleKey, styleValues } from '../model/style-values.ts'
import * as choices from './style-choices.ts'

/** What the palette does by itself: no key or menu has it. */
interface PaletteAction extends PaletteCommand {
  canRun(editor: AppEditor): boolean
  run(editor: AppEditor, isDark: boolean): void
}

interface Named<T> {
  readonly name: string
  readonly value: T
}

/** One choice of the style panel, by what both are called there; it can be made where the panel shows `key`. */
const styleAction = (label: string, key: StyleKey, name: string, patch: Partial<Style>): PaletteAction => ({
  id: `style:${Object.entries(patch).join()}`,
  title: `${label}: ${name}`,
  section: 'Style',
  keys: [],
  canRun: editor => editor.board.readOnly === undefined && styleValues(editor)[key] !== undefined,
  run: editor => editor.setStyle(patch),
})

const row = <K extends StyleKey>(label: string, key: K, list: readonly Named<Style[K]>[]) =>
  list.map(({ name, value }) => styleAction(label, key, name, { [key]: value }))

const colours = (list: typeof STROKES) => list.map(({ name, colour: value }) => ({ name, value }))

const OPACITIES = [1, 0.75, 0.5, 0.25].map(value => ({ name: `${100 * value} %`, value }))

const STYLE_ACTIONS: readonly PaletteAction[] = [
  ...row('Stroke colour', 'stroke', colours(STROKES)),
  ...row('Fill colour', 'fill', colours(FILLS)),
  ...row('Fill pattern', 'fillStyle', choices.FILL_CHOICES),
  ...row('Width', 'width', choices.WIDTH_CHOICES),
  ...row('Dashes', 'dash', choices.DASH_CHOICES),
  ...row('Sketchiness', 'roughness', choices.ROUGH_CHOICES),
  ...row('Corners', 'corner', choices.CORNER_CHOICES),
  ...choices.pathChoices(true).map(({ name, value }) => {
    return styleAction('Line', value === 'elbow' ? 'elbow' : 'curved', name, pathStyle(value))
  }),
  ...row('Start', 'tail', choices.headChoices(true)),
  ...row('End', 'head', choices.headChoices(false)),
  ...row('Pen', 'steady', choices.STEADY_CHOICES),
  ...row('Font', 'font', choices.FONT_CHOICES),
  ...row('Text size', 'fontSize', choices.SIZE_CHOICES),
  ...row('Text align', 'align', choices.ALIGN_CHOICES),
  ...row('Text vertical', 'valign', choices.VALIGN_CHOICES),
  ...row('Opacity', 'opacity', OPACITIES),
]

/** Saves what is selected, else the page, as the export dialog would without another choice. */
const exportAction = (format: ExportFormat): PaletteAction => ({
  id: `export:${format}`,
  title: `Export as ${FORMAT_NAMES[format]}`,
  section: 'Board',
  keys: [],
  canRun: ({ exporter, board }) => exporter !== undefined && board.shapes.size > 0,
  run({ board, exporter, lineWidth, state }, dark) {
    const hasSelection = state.selection.size > 0
    const scope = hasSelection ? 'selection' : 'page'
    const begun = { format: 'png', scope, scale: 2, background: true, dark, embed: true } as const
    const page = { frames: slidesOf(board, lineWidth), hasSelection, hasPages: false }
    // What goes wrong, the exporter tells.
    void exporter?.save(withFormat(begun, format, page)).catch(() => {})
  },
})

const ALL: readonly PaletteAction[] = [...EXPORT_FORMATS.map(exportAction), ...STYLE_ACTIONS]

export const paletteAction = (id: string): PaletteAction | undefined => ALL.find(action => action.id === id)

/** Those to list beside the commands: styles are too many to be looked through, only a search and their use bring them up. */
export const paletteActions = (query: string, recent: readonly string[]): readonly PaletteAction[] =>
  ALL.filter(({ id, section }) => query !== '' || section !== 'Style' || recent.includes(id))

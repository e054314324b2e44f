import { type LineWidth, layoutText } from '../../shared/geometry/text.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { ImageShape } from '../../shared/shapes/image.ts'
import { ellipseContour, roundedContour, strokeContour } from './contour.ts'
import { ownBox } from './paint-areas.ts'
import type { PictureState } from './pictures.ts'
import type { Area, Drawing, ShapeView } from './shape-view.ts'
import type { TextBlock } from './text-block.ts'

const COLOUR = '#6b727a'
const FILL = '#868e961a'
const CORNER = 4
/** World units per em. */
const FONT_SIZE = 14
const PADDING = 10
/** World units. */
const LEAST_ICON = 12
const MOST_ICON = 40

type Missing = 'absent' | 'broken'

const WORDS: Readonly<Record<Missing, string>> = {
  absent: 'Image not here yet',
  broken: 'Image cannot be shown',
}

/** While a picture is read: its place, and nothing that would flash up. */
const loading: ShapeView<ImageShape> = {
  areas: (shape, { tolerance }) => [
    { contour: roundedContour(ownBox(shape), CORNER, tolerance), colour: FILL },
  ],
}

const missing = (why: Missing): ShapeView<ImageShape> => ({
  areas: (shape, drawing, lineWidth) => [
    ...loading.areas(shape, drawing, lineWidth),
    ...iconAreas(shape, drawing),
  ],
  text: (shape, lineWidth) => words(shape, why, lineWidth),
})

/** What is drawn in the place of a picture. */
export const PICTURE_STAND_INS: Readonly<Record<Exclude<PictureState['at'], 'here'>, ShapeView<ImageShape>>> =
  {
    loading,
    absent: missing('absent'),
    broken: missing('broken'),
  }

/** A framed landscape in the middle, above where the words are. */
function iconAreas({ size: [w, h] }: ImageShape, { tolerance, leastWidth }: Drawing): readonly Area[] {
  const side = Math.min(MOST_ICON, Math.min(w, h) / 3)
  if (side < LEAST_ICON) return []
  const x = (w - side) / 2
  const y = h / 2 - side * 0.9
  const at = (px: number, py: number): Vec => [x + px * side, y + py * side]
  const frame = roundedContour({ x, y: y + side * 0.1, w: side, h: side * 0.8 }, side / 8, tolerance)
  const hills = [at(0.12, 0.78), at(0.38, 0.46), at(0.58, 0.68), at(0.72, 0.54), at(0.9, 0.76)]
  const width = Math.max(side / 16, leastWidth)
  return [
    { contour: strokeContour(frame, width, true, tolerance), colour: COLOUR },
    { contour: strokeContour(hills, width, false, tolerance), colour: COLOUR },
    {
      contour: ellipseContour(
        { x: x + side * 0.62, y: y + side * 0.24, w: side * 0.16, h: side * 0.16 },
        tolerance,
      ),
      colour: COLOUR,
    },
  ]
}

/** What the picture would show and why it does not; only the latter, or nothing, where there is no room. */
function words(shape: ImageShape, why: Missing, lineWidth: LineWidth): TextBlock | undefined {
  const [w, h] = shape.size
  const wrap = w - 2 * PADDING
  const room = h / 2 - PADDING
  for (const text of [[shape.alt, WORDS[why]].filter(Boolean).join('\n'), WORDS[why]]) {
    if (wrap < FONT_SIZE) return undefined
    const layout = layoutText(text, 'sans', FONT_SIZE, wrap, lineWidth)
    if (layout.h > room) continue
    const box = { x: PADDING, y: h / 2 + PADDING / 2, w: wrap, h: layout.h }
    return { lines: layout.lines, font: 'sans', fontSize: FONT_SIZE, align: 'center', colour: COLOUR, box }
  }
  return undefined
}

import { centreOf, cornersOf } from '../shared/geometry/box.ts'
import { STYLE } from '../shared/geometry/marks.ts'
import type { LineWidth } from '../shared/geometry/text.ts'
import { frameTitle } from '../shared/shapes/frame.ts'
import { type Shape, type ShapeId, shapeBox } from '../shared/shapes/index.ts'
import { shownOpacity } from '../shared/shapes/ink.ts'
import type { DrawnPicture, DrawnShape, DrawnText } from './files/drawn.ts'
import { clipCorners } from './render/clip-corners.ts'
import { shownColour, type Theme } from './render/colour.ts'
import { STRIKE } from './render/font-css.ts'
import { placeholderView } from './render/placeholder.ts'
import type { ShapeView } from './render/shape-view.ts'
import { lineTop, placedRuns, type TextBlock, textBlock } from './render/text-block.ts'
import { baselineOf } from './render/text-canvas.ts'
import { VIEWS } from './shapes/index.ts'

export interface DrawOptions {
  readonly theme: Theme
  readonly lineWidth: LineWidth
  /** A shape of the board, for the frames around those that are drawn. */
  find(id: ShapeId): Shape | undefined
}

/** World units by which a curve may miss the true one: not seen at four pixels for each. */
const TOLERANCE = 0.1

/** What the shapes look like, the bottom one first. Hidden ones are not there. */
export function drawnShapes(shapes: readonly Shape[], options: DrawOptions): readonly DrawnShape[] {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('This browser gives no 2D canvas, so that text cannot be measured.')
  return shapes
    .filter(shape => !shape.hidden && shape.type !== 'page')
    .map(shape => drawnShape(shape, options, context))
}

function drawnShape(
  shape: Shape,
  { theme, lineWidth, find }: DrawOptions,
  context: CanvasRenderingContext2D,
): DrawnShape {
  const view = (shape.type === 'unreadable' ? placeholderView : VIEWS[shape.type]) as ShapeView<Shape>
  const opacity = shownOpacity(shape)
  const drawing = { tolerance: TOLERANCE, leastWidth: 0, translucent: opacity < 1 }
  const block = view.text ? view.text(shape, lineWidth) : textBlock(shape, lineWidth)
  const clip = shape.frame === '' ? undefined : clipCorners(find(shape.frame), shape, lineWidth)
  const texts = [...(block ? [block] : []), ...(view.words?.(shape, lineWidth) ?? [])]
    .map(words => drawnText(words, lineWidth, theme, context))
    .concat(titleOf(shape, lineWidth))
  const areas = view
    .areas(shape, drawing, lineWidth)
    .map(({ contour, colour }) => ({ contour, colour: shownColour(colour, theme) }))
  return {
    ...{ pos: shape.pos, rot: shape.rot, opacity, link: shape.link },
    centre: centreOf(shapeBox(shape, lineWidth)),
    clips: clip ? [clip] : [],
    areas: [...areas, ...texts.flatMap(strikesOf)],
    texts,
    picture: shape.type === 'image' ? pictureOf(shape) : undefined,
  }
}

function drawnText(
  block: TextBlock,
  lineWidth: LineWidth,
  theme: Theme,
  context: CanvasRenderingContext2D,
): DrawnText {
  const { font, fontSize, lines } = block
  const baseline = baselineOf(context, block)
  return {
    ...{ font, fontSize, colour: shownColour(block.colour, theme) },
    lines: lines.flatMap((_, i) => {
      const y = lineTop(block, i) + baseline
      return placedRuns(block, i, lineWidth).map(({ text, style, x, w }) => ({ text, x, y, w, style }))
    }),
  }
}

/** The lines through letters. */
const strikesOf = ({ fontSize, colour, lines }: DrawnText): DrawnShape['areas'] =>
  lines
    .filter(({ style = 0 }) => (style & STYLE.strike) !== 0)
    .map(({ x, y, w }) => {
      const middle = y - STRIKE.rise * fontSize
      const half = (STRIKE.thickness * fontSize) / 2
      const box = { x, y: middle - half, w, h: 2 * half }
      return { contour: cornersOf(box), colour }
    })

const TITLE = { font: 'sans', fontSize: 14, colour: '#868e96' } as const
/** World units between a frame and its name. */
const TITLE_GAP = 6

/** The name above a frame. */
function titleOf(shape: Shape, lineWidth: LineWidth): readonly DrawnText[] {
  if (shape.type !== 'frame') return []
  const text = frameTitle(shape)
  return [{ ...TITLE, lines: [{ text, x: 0, y: -TITLE_GAP, w: lineWidth(text, 'sans') * TITLE.fontSize }] }]
}

const pictureOf = ({
  asset,
  size,
  flip,
  crop,
}: Extract<Shape, { readonly type: 'image' }>): DrawnPicture => ({
  ...{ asset, size, flip },
  crop: crop && crop[2] > 0 && crop[3] > 0 ? crop : [0, 0, 1, 1],
})

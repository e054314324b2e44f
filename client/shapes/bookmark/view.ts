import { type Box, grow } from '../../../shared/geometry/box.ts'
import { type FontName, LINE_HEIGHT, type LineWidth, layoutText } from '../../../shared/geometry/text.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import {
  type Bookmark,
  CARD_COLOURS,
  type CardLayout,
  cardLayout,
  DESCRIPTION_SIZE,
  HOST_SIZE,
  hostOf,
} from '../../../shared/shapes/bookmark.ts'
import { bridged, roundedContour, strokeContour } from '../../render/contour.ts'
import type { Area, Drawing, ShapeView } from '../../render/shape-view.ts'
import type { TextBlock } from '../../render/text-block.ts'

const PAPER = '#ffffff'
const EDGE = '#ced4da'
/** World units. */
const CORNER = 10
const EDGE_WIDTH = 1.5

/** A card: the title, what is said of the page, the site it is on, and an icon that opens it. */
export const bookmarkView: ShapeView<Bookmark> = {
  areas(card, drawing, lineWidth) {
    const { tolerance, translucent, leastWidth } = drawing
    const layout = cardLayout(card, lineWidth)
    const box = { x: 0, y: 0, w: layout.w, h: layout.h }
    const edge = Math.max(EDGE_WIDTH, leastWidth)
    const outline = roundedContour(box, CORNER, tolerance)
    const inside = translucent ? roundedContour(grow(box, -edge / 2), CORNER, tolerance) : outline
    return [
      { contour: inside, colour: PAPER, overlaps: true },
      { contour: strokeContour(outline, edge, true, tolerance), colour: EDGE },
      ...(card.link === '' ? [] : [openIcon(layout.icon, drawing)]),
    ]
  },
  words(card, lineWidth) {
    const layout = cardLayout(card, lineWidth)
    const { lines, ...box } = layout.description
    return [
      ...(lines.length > 0 ? [small(lines, DESCRIPTION_SIZE, CARD_COLOURS.description, box)] : []),
      ...(card.link === '' ? [] : [host(card.link, layout, lineWidth)]),
    ]
  },
}

function host(link: string, layout: CardLayout, lineWidth: LineWidth): TextBlock {
  const [line = ''] = layoutText(hostOf(link), 'sans', HOST_SIZE, layout.host.w, lineWidth).lines
  return small([line], HOST_SIZE, CARD_COLOURS.host, layout.host)
}

function small(lines: readonly string[], fontSize: number, colour: string, { x, y, w }: Box): TextBlock {
  const font: FontName = 'sans'
  return {
    ...{ lines, font, fontSize, colour },
    align: 'left',
    box: { x, y, w, h: lines.length * fontSize * LINE_HEIGHT },
  }
}

/** An arrow that leaves a frame. */
function openIcon({ x, y, w }: Box, { tolerance, leastWidth }: Drawing): Area {
  const at = (u: number, v: number): Vec => [x + (u / 24) * w, y + (v / 24) * w]
  const frame = [at(17, 13), at(17, 20), at(4, 20), at(4, 7), at(11, 7)]
  const head = [at(14, 4), at(20, 4), at(20, 10)]
  const shaft = [at(11, 13), at(20, 4)]
  const width = Math.max(w / 12, leastWidth)
  const lines = [frame, head, shaft].map(line => strokeContour(line, width, false, tolerance))
  return { contour: bridged(lines), colour: CARD_COLOURS.host, overlaps: true }
}

import type { Vec } from '../../../shared/geometry/vec.ts'
import { byIndex, type Records, type TldrPage, type TldrShape } from './records.ts'

/** A shape of the file, and where its own space lies on its page. */
export interface Placed {
  readonly shape: TldrShape
  /** Radians that its space is turned by. */
  readonly rot: number
  /** Groups around it, the innermost first, and the nearest frame around it; by their ids in the file. */
  readonly groups: readonly string[]
  readonly frame: string
  readonly page: string
  readonly isLocked: boolean
  readonly opacity: number
  /** From its own space to its page's. */
  toPage(p: Vec): Vec
}

/** Nesting of groups and frames that is followed. */
const DEEPEST = 100

/** The pages in their order. A list of shapes alone, as the clipboard holds, is one page without a name. */
export const pagesOf = ({ pages }: Records): readonly TldrPage[] =>
  pages.length > 0 ? [...pages].sort(byIndex) : [{ typeName: 'page', id: '', name: '', index: '' }]

/** Every shape that lies on a page, from the bottom to the top, parents before what is in them. */
export function placedOf(records: Records): readonly Placed[] {
  const pages = pagesOf(records)
  const ids = new Set([...pages, ...records.shapes].map(({ id }) => id))
  const children = new Map<string, TldrShape[]>()
  for (const shape of records.shapes) {
    // What lies in something that is not there lies on the first page, as in a selection that was copied.
    const parent = ids.has(shape.parentId) ? shape.parentId : (pages[0]?.id ?? '')
    const siblings = children.get(parent) ?? []
    siblings.push(shape)
    children.set(parent, siblings)
  }
  for (const list of children.values()) list.sort(byIndex)
  const placed: Placed[] = []
  const seen = new Set<string>()
  const visit = (parent: Placed, id: string, depth: number) => {
    for (const shape of depth > DEEPEST ? [] : (children.get(id) ?? [])) {
      if (seen.has(shape.id)) continue
      seen.add(shape.id)
      const own = within(parent, shape)
      placed.push(own)
      visit(own, shape.id, depth + 1)
    }
  }
  for (const page of pages) visit(onPage(page), page.id, 0)
  return placed
}

const onPage = (page: TldrPage): Placed => ({
  shape: { ...NO_SHAPE, id: page.id },
  rot: 0,
  groups: [],
  frame: '',
  page: page.id,
  isLocked: false,
  opacity: 1,
  toPage: p => p,
})

const NO_SHAPE: TldrShape = {
  typeName: 'shape',
  id: '',
  type: 'page',
  x: 0,
  y: 0,
  rotation: 0,
  parentId: '',
  index: '',
  opacity: 1,
  isLocked: false,
  props: {},
}

function within(parent: Placed, shape: TldrShape): Placed {
  const { type, id } = parent.shape
  const cos = Math.cos(shape.rotation)
  const sin = Math.sin(shape.rotation)
  return {
    shape,
    rot: parent.rot + shape.rotation,
    groups: type === 'group' ? [id, ...parent.groups] : type === 'frame' ? [] : parent.groups,
    frame: type === 'frame' ? id : parent.frame,
    page: parent.page,
    isLocked: parent.isLocked || shape.isLocked,
    opacity: shape.opacity * (type === 'group' ? parent.opacity : 1) * legacyOpacity(shape),
    toPage: ([x, y]) => parent.toPage([shape.x + x * cos - y * sin, shape.y + x * sin + y * cos]),
  }
}

/** The first files had the opacity among the other styles, as a text. */
function legacyOpacity({ props }: TldrShape): number {
  const opacity = typeof props.opacity === 'string' ? Number(props.opacity) : 1
  return opacity >= 0 && opacity <= 1 ? opacity : 1
}

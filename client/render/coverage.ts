/** Triangles as flat x, y pairs and indices into them. */
export interface Triangles {
  readonly vertices: number[]
  readonly indices: number[]
}

interface Edge {
  readonly x0: number
  /** The upper end: y0 < y1. */
  readonly y0: number
  readonly x1: number
  readonly y1: number
  /** +1 when the contour runs down along this edge, -1 when it runs up. */
  readonly winding: 1 | -1
  /** Its place among all edges, by y0. */
  index: number
}

interface Span {
  readonly left: Edge
  readonly right: Edge
  /** Index into the sorted heights. */
  readonly top: number
  lastSlab: number
}

/**
 * Triangles that cover what a closed contour winds around (the nonzero rule), each point exactly once, however
 * often the contour crosses itself. Ear clipping leaves holes and overlaps in such contours, and every stroke
 * that crosses its own path is one.
 *
 * A sweep from the top: between two neighbouring heights at which an edge begins, ends or crosses another, all
 * edges are in a fixed order, so what is covered there is a row of trapezoids. A trapezoid goes on for as long as
 * the same two edges bound it.
 */
export function cover(points: readonly number[]): Triangles {
  if (isConvex(points)) return fan(points)
  return sweep(points) ?? cover(everySecond(points))
}

/**
 * Steps that one contour may take, some 50 ms. An honest figure takes a hundredth of it; a contour made to cross
 * itself at every turn would take hours, and is drawn with fewer corners instead.
 */
const MOST_STEPS = 4_000_000

const everySecond = (points: readonly number[]): readonly number[] => points.filter((_, i) => i % 4 < 2)

/** The triangles, or undefined when finding them takes too many steps. */
function sweep(points: readonly number[]): Triangles | undefined {
  const edges = edgesOf(points)
  const heights = heightsOf(edges)
  if (!heights) return undefined
  const out = new Corners(heights, edges.length)
  let active: Edge[] = []
  let next = 0
  let steps = 0
  const open = new Map<number, Span>()
  for (let slab = 0; slab + 1 < heights.length; slab++) {
    const middle = ((heights[slab] as number) + (heights[slab + 1] as number)) / 2
    active = active.filter(edge => edge.y1 > middle)
    for (; next < edges.length && (edges[next] as Edge).y0 < middle; next++) {
      if ((edges[next] as Edge).y1 > middle) active.push(edges[next] as Edge)
    }
    steps += active.length
    if (steps > MOST_STEPS) return undefined
    sortByX(active, middle)
    continueSpans(open, active, slab, edges.length)
    closeSpans(open, slab, out)
  }
  closeSpans(open, heights.length - 1, out)
  return out
}

/** Fans out a contour whose corners all turn the same way, once around. */
function fan(points: readonly number[]): Triangles {
  const indices: number[] = []
  for (let i = 2; i < points.length / 2; i++) indices.push(0, i - 1, i)
  return { vertices: [...points], indices }
}

function isConvex(points: readonly number[]): boolean {
  const count = points.length / 2
  if (count < 4) return true
  let turn = 0
  let reversals = 0
  let lastDx = 0
  for (let i = 0; i < count; i++) {
    const [ax, ay] = [points[2 * i] as number, points[2 * i + 1] as number]
    const j = (i + 1) % count
    const k = (i + 2) % count
    const dx = (points[2 * j] as number) - ax
    const dy = (points[2 * j + 1] as number) - ay
    const ex = (points[2 * k] as number) - (points[2 * j] as number)
    const ey = (points[2 * k + 1] as number) - (points[2 * j + 1] as number)
    const cross = Math.sign(dx * ey - dy * ex)
    if (cross !== 0 && turn !== 0 && cross !== turn) return false
    if (cross !== 0) turn = cross
    if (dx !== 0 && lastDx !== 0 && dx > 0 !== lastDx > 0) reversals++
    if (dx !== 0) lastDx = dx
  }
  // A contour that winds round more than once, or doubles back on itself, turns its x direction more often.
  return reversals <= 2
}

function edgesOf(points: readonly number[]): readonly Edge[] {
  const edges: Edge[] = []
  const count = points.length / 2
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count
    const [ax, ay] = [points[2 * i] as number, points[2 * i + 1] as number]
    const [bx, by] = [points[2 * j] as number, points[2 * j + 1] as number]
    if (ay < by) edges.push({ x0: ax, y0: ay, x1: bx, y1: by, winding: 1, index: 0 })
    else if (ay > by) edges.push({ x0: bx, y0: by, x1: ax, y1: ay, winding: -1, index: 0 })
  }
  edges.sort((a, b) => a.y0 - b.y0)
  edges.forEach((edge, index) => {
    edge.index = index
  })
  return edges
}

/** Every height at which the order of the edges may change, ascending, without doubles; undefined for too many. */
function heightsOf(edges: readonly Edge[]): readonly number[] | undefined {
  let steps = 0
  const all: number[] = []
  const active: Edge[] = []
  for (const edge of edges) {
    all.push(edge.y0, edge.y1)
    steps += active.length
    if (steps > MOST_STEPS) return undefined
    let kept = 0
    for (const other of active) {
      if (other.y1 <= edge.y0) continue
      active[kept++] = other
      const y = crossing(edge, other)
      if (y !== undefined) all.push(y)
    }
    active.length = kept
    active.push(edge)
  }
  all.sort((a, b) => a - b)
  const first = all[0] ?? 0
  /** Heights closer than rounding errors of the crossings are one. */
  const least = 1e-9 * Math.max(1e-3, (all[all.length - 1] ?? 0) - first)
  const heights = [first]
  for (const y of all) if (y - (heights[heights.length - 1] as number) > least) heights.push(y)
  return heights
}

/** The height at which two edges properly cross. */
function crossing(a: Edge, b: Edge): number | undefined {
  if (Math.max(a.x0, a.x1) < Math.min(b.x0, b.x1) || Math.max(b.x0, b.x1) < Math.min(a.x0, a.x1))
    return undefined
  const adx = a.x1 - a.x0
  const ady = a.y1 - a.y0
  const bdx = b.x1 - b.x0
  const bdy = b.y1 - b.y0
  const cross = adx * bdy - ady * bdx
  if (cross === 0) return undefined
  const t = ((b.x0 - a.x0) * bdy - (b.y0 - a.y0) * bdx) / cross
  const s = ((b.x0 - a.x0) * ady - (b.y0 - a.y0) * adx) / cross
  return t > 0 && t < 1 && s > 0 && s < 1 ? a.y0 + t * ady : undefined
}

/** Where an edge is at height y, never past its own ends. */
function xAt(edge: Edge, y: number): number {
  if (y <= edge.y0) return edge.x0
  if (y >= edge.y1) return edge.x1
  return edge.x0 + ((edge.x1 - edge.x0) * (y - edge.y0)) / (edge.y1 - edge.y0)
}

/** Insertion sort: the order hardly changes from one slab to the next. */
function sortByX(edges: Edge[], y: number): void {
  const xs = edges.map(edge => xAt(edge, y))
  for (let i = 1; i < edges.length; i++) {
    const edge = edges[i] as Edge
    const x = xs[i] as number
    let j = i - 1
    for (; j >= 0 && (xs[j] as number) > x; j--) {
      edges[j + 1] = edges[j] as Edge
      xs[j + 1] = xs[j] as number
    }
    edges[j + 1] = edge
    xs[j + 1] = x
  }
}

/** Carries on, or begins, the spans that are covered in this slab. */
function continueSpans(
  open: Map<number, Span>,
  active: readonly Edge[],
  slab: number,
  edgeCount: number,
): void {
  let winding = 0
  let left: Edge | undefined
  for (const edge of active) {
    const before = winding
    winding += edge.winding
    if (before === 0) left = edge
    if (winding !== 0 || !left) continue
    const key = left.index * edgeCount + edge.index
    const span = open.get(key)
    if (span) span.lastSlab = slab
    else open.set(key, { left, right: edge, top: slab, lastSlab: slab })
  }
}

/** Emits the spans that did not reach this slab. */
function closeSpans(open: Map<number, Span>, slab: number, out: Corners): void {
  for (const [key, span] of open) {
    if (span.lastSlab === slab) continue
    out.add(span)
    open.delete(key)
  }
}

/** Collects trapezoids; corners that neighbours share are stored once. */
class Corners implements Triangles {
  readonly vertices: number[] = []
  readonly indices: number[] = []
  readonly #known = new Map<number, number>()

  constructor(
    private readonly heights: readonly number[],
    private readonly edgeCount: number,
  ) {}

  add({ left, right, top, lastSlab }: Span): void {
    const bottom = lastSlab + 1
    const a = this.#corner(left, top)
    const b = this.#corner(right, top)
    const c = this.#corner(right, bottom)
    const d = this.#corner(left, bottom)
    if (this.#x(a) < this.#x(b)) this.indices.push(a, b, c)
    if (this.#x(d) < this.#x(c)) this.indices.push(a, c, d)
  }

  #x = (corner: number): number => this.vertices[2 * corner] as number

  #corner(edge: Edge, height: number): number {
    const key = height * this.edgeCount + edge.index
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const index = this.vertices.length / 2
    const y = this.heights[height] as number
    this.vertices.push(xAt(edge, y), y)
    this.#known.set(key, index)
    return index
  }
}

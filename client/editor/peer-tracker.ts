import type { Ink } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { BoardDiff, BoardView, TextPlaces } from '../board/board.ts'
import { unpackIds } from './packed-ids.ts'
import { type StrokeWindow, windowInk } from './presence-ink.ts'
import { type PresenceState, parsePresence, type ReadPreview } from './presence-state.ts'
import { previewIds } from './preview.ts'
import type { Peer, Preview } from './types.ts'

/** Points of another's stroke in progress that are kept; an hour of drawing. */
const MAX_POINTS = 200_000

interface GrowingInk extends Ink {
  readonly points: Vec[]
  readonly pressures: number[] | null
}

interface Growing {
  readonly id: string
  readonly ink: GrowingInk
  /** The index, as the sender counts, of the point that comes next. */
  readonly next: number
}

/** The page that is shown here. */
interface Pages {
  readonly page: string
}

/** What is seen of somebody on another page: that they are on the board. */
const ELSEWHERE = { cursor: null, selection: [], caret: null, preview: null } as const

interface Tracked {
  /** The presence as it arrived. */
  readonly raw: unknown
  readonly peer: Peer
  readonly gesture: number
  /** The gesture whose outcome is on the board already: its preview, still on the way, would show it twice. */
  readonly settled: number | null
  readonly stroke: Growing | null
  /** As it was sent. */
  readonly caret: PresenceState['caret']
}

/**
 * Turns others' presence, as it arrives, into what is shown of them: strokes are put together from windows, and a
 * preview ends as soon as its outcome arrives on the board, whichever of the two messages is faster.
 */
export class PeerTracker {
  readonly #board: BoardView & TextPlaces
  readonly #onChange: (peers: ReadonlyMap<number, Peer>) => void
  readonly #pages: Pages | undefined
  readonly #stop: () => void
  #tracked = new Map<number, Tracked>()
  /** The page that the peers are shown for. */
  #page: string | undefined

  /** `pages`: of two people on different pages, neither sees what the other does. */
  constructor(
    board: BoardView & TextPlaces,
    onChange: (peers: ReadonlyMap<number, Peer>) => void,
    pages?: Pages,
  ) {
    this.#pages = pages
    this.#page = pages?.page
    this.#board = board
    this.#onChange = onChange
    this.#stop = board.subscribe(diff => this.#follow(diff))
  }

  destroy(): void {
    this.#stop()
  }

  /** Takes the presence of everybody else; who is not in it has left. What is not valid is as if it were not sent. */
  receive(states: ReadonlyMap<number, unknown>): void {
    const tracked = new Map<number, Tracked>()
    for (const [clientId, raw] of states) {
      const known = this.#tracked.get(clientId)
      // Most of a message tells of people who did not move.
      const next = known?.raw === raw ? known : this.#track(clientId, raw, known)
      if (next) tracked.set(clientId, next)
    }
    this.#tracked = tracked
    this.#tell()
  }

  #track(clientId: number, raw: unknown, before: Tracked | undefined): Tracked | undefined {
    const parsed = parsePresence(raw)
    if (!parsed) return undefined
    const presence = this.#isHere(parsed) ? parsed : { ...parsed, ...ELSEWHERE }
    const { user, cursor, selection, gesture, caret } = presence
    const settled = before?.settled === gesture ? gesture : null
    const isShown = presence.preview !== null && settled === null && !this.#hasArrived(presence.preview)
    const window = isShown && presence.preview?.kind === 'ink' ? presence.preview : null
    const stroke = window && grown(before?.stroke ?? null, window)
    const preview = isShown ? shownPreview(presence.preview, stroke, this.#board) : null
    const { name, colour } = user
    const peer = { clientId, name, colour, cursor, selection, preview, caret: this.#placeOf(caret) }
    return { raw, peer, gesture, settled, stroke, caret }
  }

  /** Whether somebody looks at the page that is shown here. */
  #isHere({ page = '' }: Pick<PresenceState, 'page'>): boolean {
    return this.#page === undefined || page === this.#page
  }

  /** Whether what a preview creates is on the board. */
  #hasArrived(preview: ReadPreview): boolean {
    if (preview.kind === 'ink') return this.#board.shapes.has(preview.id)
    return preview.kind === 'create' && this.#board.shapes.has(preview.shape.id)
  }

  /** Where the caret is by now; null where that is not known yet. */
  #placeOf(caret: PresenceState['caret']): Peer['caret'] {
    if (!caret) return null
    const { shape } = caret
    const anchor = this.#board.offsetOf(shape, caret.anchor)
    const focus = this.#board.offsetOf(shape, caret.focus)
    return anchor === undefined || focus === undefined ? null : { shape, anchor, focus }
  }

  /** Ends the previews whose outcome a transaction of another brought, and moves carets with their letters. */
  #follow(diff: BoardDiff): void {
    if (this.#page !== this.#pages?.page) return this.#turn()
    let isChanged = false
    for (const [clientId, known] of this.#tracked) {
      const { preview } = known.peer
      const isSettled = diff.source === 'remote' && preview !== null && isOutcome(diff, preview)
      const hasMoved = known.caret !== null && diff.shapes.has(known.caret.shape)
      if (!isSettled && !hasMoved) continue
      isChanged = true
      const peer = {
        ...known.peer,
        ...(isSettled && { preview: null }),
        ...(hasMoved && { caret: this.#placeOf(known.caret) }),
      }
      this.#tracked.set(clientId, {
        ...known,
        peer,
        ...(isSettled && { settled: known.gesture, stroke: null }),
      })
    }
    if (isChanged) this.#tell()
  }

  /** Another page is shown: who is on it is seen from now on, and the others no more. */
  #turn(): void {
    this.#page = this.#pages?.page
    for (const [clientId, known] of this.#tracked) {
      const next = this.#track(clientId, known.raw, known)
      if (next) this.#tracked.set(clientId, next)
    }
    this.#tell()
  }

  #tell(): void {
    this.#onChange(new Map(Array.from(this.#tracked, ([clientId, { peer }]) => [clientId, peer])))
  }
}

/** Whether a transaction looks like the end of the gesture: it creates what was drawn, or changes all that moved. */
function isOutcome({ shapes }: BoardDiff, preview: Preview): boolean {
  if (preview.kind === 'ink') return shapes.has(preview.stroke.id)
  if (preview.kind === 'create') return shapes.has(preview.shape.id)
  if (preview.kind === 'duplicate')
    return Array.from(shapes.values()).some(({ before }) => before === undefined)
  const ids = previewIds(preview)
  return ids.length > 0 && ids.every(id => shapes.has(id))
}

function shownPreview(
  preview: ReadPreview | null,
  stroke: Growing | null,
  { shapes }: BoardView,
): Preview | null {
  if (!preview) return null
  if (preview.kind !== 'ink') {
    if (!('ids' in preview) || typeof preview.ids !== 'string') return preview as Preview
    return { ...preview, ids: unpackIds(preview.ids, shapes.keys()) }
  }
  if (!stroke) return null
  const { id, stroke: colour, width, opacity, z, brush, steady } = preview
  return { kind: 'ink', stroke: { id, stroke: colour, width, opacity, z, brush, steady, ink: stroke.ink } }
}

/** The stroke with a window of newer points; where windows were lost, it goes straight on to the next. */
function grown(known: Growing | null, window: StrokeWindow): Growing {
  const { points, pressures } = windowInk(window)
  const { id, start } = window
  const next = start + points.length
  const isContinued =
    known?.id === id &&
    start > 0 &&
    next >= known.next &&
    (known.ink.pressures === null) === (pressures === null)
  if (!known || !isContinued) {
    return { id, next, ink: { points: [...points], pressures: pressures && [...pressures] } }
  }
  const fresh = Math.max(0, known.next - start)
  if (known.ink.points.length + points.length <= MAX_POINTS) {
    known.ink.points.push(...points.slice(fresh))
    if (pressures) known.ink.pressures?.push(...pressures.slice(fresh))
  }
  return { id, next, ink: known.ink }
}

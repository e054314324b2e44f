import { centreOf } from '../shared/geometry/box.ts'
import { type KnownShape, type ShapeId, shapeBounds } from '../shared/shapes/index.ts'
import { type BoardPage, listen } from './app/index.ts'
import { plainName } from './app/model/names.ts'
import {
  type Counts,
  type Deed,
  itemText,
  type ReviewChoice,
  type ReviewView,
  summaryText,
} from './app/model/review.ts'
import './app/review/review.ts'
import {
  changedKeys,
  compareVersions,
  type Did,
  type Review,
  type ReviewedShape,
  sideOf,
  type VersionName,
  type Versions,
  versionShown,
} from './board/review/compare.ts'
import { restoringEdits } from './board/review/restore.ts'
import { glideTo } from './camera-glide.ts'
import type { Device } from './device.ts'
import { centredOn, fit as fitCamera } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'

export { decodeReview, encodeReview } from './board/review/saved-review.ts'

export interface SessionParts {
  readonly device: Pick<Device, 'notices'>
  readonly editor: Editor
  readonly element: BoardPage
  /** The name of the person here. */
  readonly self: string
  /** The person has gone through it, or does not want to. */
  readonly onDone: () => void
}

/** What is worth a review; null when others changed nothing that can be seen. */
export function reviewOf(versions: Versions): Review | null {
  const review = compareVersions(versions)
  return review.some(shape => shape.byThem !== 'nothing') ? review : null
}

/** Shows the banner, and the review when it is asked for. Returns its own undo. */
export function offerReview(review: Review, parts: SessionParts): () => void {
  const session = new ReviewSession(review, parts)
  return () => session.end()
}

type At = { readonly at: 'offered' } | { readonly at: 'open'; readonly index: number }

class ReviewSession {
  readonly #review: Review
  readonly #parts: SessionParts
  readonly #names: readonly string[]
  readonly #seen = new Set<number>()
  readonly #stops: readonly (() => void)[]
  #state: At = { at: 'offered' }
  #stopGlide = () => {}

  constructor(review: Review, parts: SessionParts) {
    this.#review = review
    this.#parts = parts
    this.#names = namesIn(review, parts.self)
    const { element, editor } = parts
    const reviewed = new Set(review.map(({ id }) => id))
    this.#stops = [
      listen(element, 'review-open', () => this.#goTo(0)),
      listen(element, 'review-close', () => this.#leave()),
      listen(element, 'review-step', ({ by }) => this.#step(by)),
      listen(element, 'review-keep', ({ version }) => this.#keep(version)),
      editor.board.subscribe(({ shapes }) => {
        if ([...shapes.keys()].some(id => reviewed.has(id))) this.#show()
      }),
    ]
    this.#show()
  }

  end(): void {
    this.#stopGlide()
    for (const stop of this.#stops) stop()
    this.#parts.editor.markReview(null)
    this.#parts.element.review = undefined
  }

  #step(by: 1 | -1): void {
    if (this.#state.at !== 'open') return
    const { length } = this.#review
    this.#goTo((this.#state.index + by + length) % length)
  }

  #goTo(index: number): void {
    this.#state = { at: 'open', index }
    this.#seen.add(index)
    this.#show()
    this.#look()
  }

  /** Who has not seen all of it finds the banner again. */
  #leave(): void {
    if (this.#state.at === 'open' && this.#seen.size < this.#review.length) {
      this.#stopGlide()
      this.#state = { at: 'offered' }
      this.#show()
      return
    }
    this.end()
    this.#parts.onDone()
  }

  #keep(version: VersionName): void {
    const { editor, device } = this.#parts
    const shape = this.#current
    if (!shape) return
    try {
      editor.commit(restoringEdits(shape, version, editor.board.shapes.get(shape.id)))
      this.#look()
    } catch (error) {
      device.notices.error(
        `This version cannot be brought back. ${error instanceof Error ? error.message : error}`,
      )
    }
  }

  get #current(): ReviewedShape | undefined {
    return this.#state.at === 'open' ? this.#review[this.#state.index] : undefined
  }

  #show(): void {
    const { editor, element } = this.#parts
    const current = this.#current
    element.review = this.#view(current)
    editor.markReview(
      current ? { sides: sidesOf(this.#review), ghosts: this.#ghosts(), current: current.id } : null,
    )
  }

  #view(current: ReviewedShape | undefined): ReviewView {
    if (this.#state.at === 'offered' || !current) return { at: 'offered', text: this.#summary() }
    return {
      at: 'open',
      step: this.#state.index + 1,
      count: this.#review.length,
      side: sideOf(current),
      text: itemText(itemOf(current, this.#nameOf(current))),
      choices: this.#choices(current),
    }
  }

  #summary(): string {
    return summaryText({
      names: this.#names,
      theirs: countsOf(this.#review.map(({ byThem }) => byThem)),
      mine: countsOf(this.#review.map(({ byMe }) => byMe)),
      common: this.#review.filter(shape => sideOf(shape) === 'both').length,
    })
  }

  /** Who removed a shape, it cannot tell; where one other was at work, it was that one. */
  #nameOf({ theirs }: ReviewedShape): string {
    const [only, ...more] = this.#names
    return nameOn(theirs, this.#parts.self) || (only !== undefined && more.length === 0 ? only : '')
  }

  #choices(shape: ReviewedShape): readonly ReviewChoice[] {
    const { board } = this.#parts.editor
    const side = sideOf(shape)
    if (side === 'mine' || board.readOnly !== undefined) return []
    const shown = versionShown(shape, board.shapes.get(shape.id))
    const choice = (version: VersionName, label: string) => ({
      version,
      label,
      isShown: shown.includes(version),
    })
    if (side === 'theirs') return [choice('mine', 'As it was before'), choice('theirs', 'Keep theirs')]
    const isEither = (['mine', 'theirs'] as const).some(
      name => versionShown(shape, shape.merged).includes(name) || shape[name] === shape.merged,
    )
    return [
      choice('mine', 'Keep mine'),
      choice('theirs', 'Keep theirs'),
      ...(isEither ? [] : [choice('merged', 'Keep merged')]),
    ]
  }

  #ghosts(): ReadonlyMap<ShapeId, KnownShape> {
    const { shapes } = this.#parts.editor.board
    const gone = this.#review.filter(shape => !shapes.has(shape.id) && this.#wasHere(shape))
    return new Map(
      gone.flatMap(shape => (lastOf(shape) ? [[shape.id, lastOf(shape) as KnownShape] as const] : [])),
    )
  }

  /** Whether a shape that is not on the page that is shown was there. */
  #wasHere(shape: ReviewedShape): boolean {
    const { pages } = this.#parts.editor
    return !pages || (pages.pageOf(shape.id) === undefined && (lastOf(shape)?.page ?? '') === pages.page)
  }

  /** Brings the shape that is looked at into view. */
  #look(): void {
    const { editor } = this.#parts
    const current = this.#current
    const page = current && (editor.pages?.pageOf(current.id) ?? lastOf(current)?.page)
    if (page !== undefined) editor.pages?.show(page)
    const shape = current && (editor.board.shapes.get(current.id) ?? lastOf(current))
    if (!shape) return
    this.#stopGlide()
    const { camera, viewport } = editor.state
    const bounds = shapeBounds(shape, editor.lineWidth)
    const zoom = Math.min(
      Math.max(camera.zoom, LEAST_ZOOM),
      fitCamera(bounds, viewport, camera.zoom + 1).zoom,
    )
    const [x, y] = centreOf(bounds)
    this.#stopGlide = glideTo(editor, centredOn([x, y - BAR_HEIGHT / 2 / zoom], zoom, viewport))
  }
}

/** What is smaller than this can hardly be seen. */
const LEAST_ZOOM = 0.6
/** CSS pixels that the bar takes from the top of the viewport. */
const BAR_HEIGHT = 110

const lastOf = ({ merged, mine, theirs, base }: ReviewedShape): KnownShape | undefined =>
  merged ?? mine ?? theirs ?? base

const sidesOf = (review: Review) => new Map(review.map(shape => [shape.id, sideOf(shape)]))

/** Who the others are: those who touched a shape last. */
function namesIn(review: Review, self: string): readonly string[] {
  const touched = review.filter(({ byThem }) => byThem !== 'nothing')
  return [...new Set(touched.map(({ theirs }) => nameOn(theirs, self)))].filter(name => name !== '')
}

/** A client of before there were names leaves that of the person here on what it changes. */
const nameOn = (shape: KnownShape | undefined, self: string): string =>
  shape && shape.by !== self ? plainName(shape.by) : ''

function countsOf(deeds: readonly Did[]): Counts {
  const count = (did: Did) => deeds.filter(one => one === did).length
  return { added: count('added'), changed: count('changed'), removed: count('removed') }
}

function itemOf(shape: ReviewedShape, name: string) {
  const { base, mine, theirs, merged, byMe, byThem } = shape
  return {
    type: lastOf(shape)?.type ?? 'shape',
    name,
    mine: deedOf(byMe, base, mine),
    theirs: deedOf(byThem, base, theirs),
    contested: base && mine && theirs && merged ? contestedKeys(base, mine, theirs, merged) : [],
  }
}

function deedOf(did: Did, base: KnownShape | undefined, now: KnownShape | undefined): Deed {
  return did === 'changed' ? { did, keys: base && now ? changedKeys(base, now) : [] } : { did }
}

/** The keys to which both gave a value of their own, and whose the board has. */
function contestedKeys(base: KnownShape, mine: KnownShape, theirs: KnownShape, merged: KnownShape) {
  const byThem = new Set(changedKeys(base, theirs))
  const apart = new Set(changedKeys(mine, theirs))
  const lost = { mine: new Set(changedKeys(mine, merged)), theirs: new Set(changedKeys(theirs, merged)) }
  return changedKeys(base, mine)
    .filter(key => byThem.has(key) && apart.has(key))
    .map(key => {
      const won = !lost.mine.has(key) ? 'mine' : !lost.theirs.has(key) ? 'theirs' : 'both'
      return { key, won } as const
    })
}

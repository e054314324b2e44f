import * as Y from 'yjs'
import type { Clock } from '../../../shared/util/clock.ts'
import type { BoardView } from '../board.ts'
import { shapesBefore } from './base-document.ts'
import type { Version, Versions } from './compare.ts'

/** Where a board keeps the document as it was before this device changed it out of step with the others. */
export interface AbsenceFiles {
  put(name: string, bytes: Uint8Array): Promise<void>
  get(name: string): Promise<Uint8Array | null>
  delete(name: string): Promise<void>
}

export interface AbsenceOptions {
  /** Loaded. */
  readonly doc: Y.Doc
  /** Of `doc`. */
  readonly board: Pick<BoardView, 'shapes' | 'subscribe'>
  readonly files: AbsenceFiles
  readonly clock: Clock
  /** Whether what came with that origin is the work of the person here, in another tab. */
  readonly isOwnTab: (origin: unknown) => boolean
  /** Whether what came with that origin is told of by `heard` besides. */
  readonly isHeard: (origin: unknown) => boolean
  /** Runs `task` when nothing else is to be done. Returns its own undo. */
  readonly whenIdle: (task: () => void) => () => void
  /** The device is in step again, and others had changed something. `hasMine`: something was changed here, too. */
  readonly onReturn: (versions: Versions, hasMine: boolean) => void
  /** A file could not be kept: the review of this absence does not survive a reload. */
  readonly onTrouble: (error: unknown) => void
}

const BASE_FILE = 'review-base'

/** ms. Shorter than this without an own change, and it was a hiccup of the network during live work. */
const HICCUP = 10_000
/** ms. A board that is in step by then, as most are right after opening, needs no copy of its document. */
const ENCODE_AFTER = 3_000

/** One time out of step with the others. */
interface Away {
  readonly at: 'away'
  /** ms since the epoch; null for the time before this tab was first in step, of which nobody knows when it began. */
  readonly since: number | null
  /** The document as it was when the absence began; null while it is still like that. */
  base: Uint8Array | null
  /** Something was changed here. */
  hasMine: boolean
  /** What came from others, as updates (v1), as they sent it: what Yjs tells of them lacks all that was removed here. */
  readonly theirs: Uint8Array[]
  /** Something of it was news. */
  hasNews: boolean
  /** The board just before the first of `theirs`. */
  mine: Version | null
  /** Shapes changed here while the others' changes came in: live work, which is no part of the review. */
  readonly live: Set<string>
}

/**
 * Notes what it takes to tell, after an absence, who changed what:
 *
 * 1. The document as it was when the absence began (`base`) is copied at the latest before the first change here, once for each
 *    absence, and kept as a sealed file until the others' changes come in, so that reloads in between do not lose it.
 * 2. Without a change here the base needs no copy: it is the board as it was just before the others' changes.
 * 3. From the moment that others' changes come in, the file no longer fits the stored document, and goes.
 */
export class Absence {
  readonly #options: AbsenceOptions
  /** The base of an absence that began in an earlier visit. */
  #kept: Promise<Uint8Array | null>
  /** `new`: this device never had the board before; what comes then is nothing to review. */
  #state: { readonly at: 'new' | 'here' } | Away
  #stopTimer = () => {}
  #stopReturn = () => {}
  readonly #stop: () => void

  constructor(options: AbsenceOptions) {
    this.#options = options
    const { doc, board, files } = options
    this.#kept = files.get(BASE_FILE).catch(error => {
      options.onTrouble(error)
      return null
    })
    const isFirstVisit = doc.store.clients.size === 0
    this.#state = isFirstVisit ? { at: 'new' } : this.#leaving(null)
    const first = this.#state
    void this.#kept.then(kept => {
      if (kept && first.at === 'away') first.base = kept
    })
    doc.on('beforeTransaction', this.#before)
    doc.on('update', this.#onUpdate)
    const stopBoard = board.subscribe(({ source, shapes }) => {
      if (source !== 'remote' && this.#state.at === 'away' && this.#state.mine)
        for (const id of shapes.keys()) this.#state.live.add(id)
    })
    this.#stop = () => {
      doc.off('beforeTransaction', this.#before)
      doc.off('update', this.#onUpdate)
      stopBoard()
    }
  }

  /** The last link to the others is gone. */
  lost(): void {
    if (this.#state.at === 'here') this.#state = this.#leaving(this.#options.clock.now())
  }

  /** Others sent this update (v1), which is about to be applied. */
  heard(update: Uint8Array): void {
    if (this.#state.at === 'away') this.#state.theirs.push(update)
  }

  /** This device holds all that the others have. */
  async back(): Promise<void> {
    const away = this.#state
    this.#state = { at: 'here' }
    if (away.at !== 'away') return
    this.#stopTimer()
    const kept = this.#takeKept()
    // Before the await: what changes from now on is live work.
    const merged = new Map(this.#options.board.shapes)
    const { theirs, mine, hasNews } = away
    const base = (await kept) ?? (away.hasMine ? away.base : null)
    if (base !== null) this.#drop()
    const lasted = away.since === null ? Infinity : this.#options.clock.now() - away.since
    if (!mine || !hasNews || (base === null && lasted < HICCUP)) return
    this.#stopReturn = this.#options.whenIdle(() => {
      const versions: Versions = base
        ? { ...shapesBefore(base, theirs), mine, merged }
        : { base: mine, mine, theirs: merged, merged }
      this.#options.onReturn(without(away.live, versions), base !== null)
    })
  }

  destroy(): void {
    this.#stopTimer()
    this.#stopReturn()
    this.#stop()
  }

  #leaving(since: number | null): Away {
    const away: Away = {
      at: 'away',
      since,
      base: null,
      hasMine: false,
      theirs: [],
      hasNews: false,
      mine: null,
      live: new Set(),
    }
    this.#stopTimer = this.#options.clock.after(ENCODE_AFTER, () => {
      this.#stopTimer = this.#options.whenIdle(() => this.#copyBase(away))
    })
    return away
  }

  readonly #before = ({ origin }: Y.Transaction): void => {
    const away = this.#state
    if (away.at !== 'away') return
    if (this.#isMine(origin)) {
      if (!away.hasMine && !away.mine) this.#copyBase(away)
    } else away.mine ??= new Map(this.#options.board.shapes)
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    const away = this.#state
    if (away.at !== 'away') return
    if (!this.#isMine(origin)) {
      if (!away.hasNews) this.#drop()
      away.hasNews = true
      if (!this.#options.isHeard(origin)) away.theirs.push(update)
    } else if (!away.hasMine && !away.hasNews) {
      away.hasMine = true
      this.#keep(away)
    }
  }

  /** Links name themselves as the origin; a board uses symbols, and Yjs its undo manager. */
  #isMine(origin: unknown): boolean {
    const isHere = origin == null || typeof origin === 'symbol' || origin instanceof Y.UndoManager
    return isHere || this.#options.isOwnTab(origin)
  }

  #copyBase(away: Away): void {
    away.base ??= Y.encodeStateAsUpdateV2(this.#options.doc)
  }

  /** Rule 1. An earlier visit's copy is older, and stays. */
  #keep({ base }: Away): void {
    void this.#kept
      .then(async kept => {
        if (!kept && base) await this.#options.files.put(BASE_FILE, base)
      })
      .catch(this.#options.onTrouble)
  }

  /** Rule 3. */
  #drop(): void {
    void this.#kept.then(() => this.#options.files.delete(BASE_FILE)).catch(this.#options.onTrouble)
  }

  #takeKept(): Promise<Uint8Array | null> {
    const kept = this.#kept
    this.#kept = kept.then(() => null)
    return kept
  }
}

function without(ids: ReadonlySet<string>, versions: Versions): Versions {
  if (ids.size === 0) return versions
  const rest = (version: Version): Version => new Map([...version].filter(([id]) => !ids.has(id)))
  const { base, mine, theirs, merged } = versions
  return { base: rest(base), mine: rest(mine), theirs: rest(theirs), merged: rest(merged) }
}

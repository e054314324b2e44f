import type { Vec } from '../shared/geometry/vec.ts'
import { newId } from '../shared/util/ids.ts'
import { Cell } from '../shared/util/readable.ts'
import { soon } from '../shared/util/soon.ts'
import { BoardPage } from './app/board/board.ts'
import { fire } from './app/events.ts'
import { type BoardLink, listen, type SyncStatus } from './app/index.ts'
import { bindInput } from './app/input/bind-input.ts'
import { lookForUpdate } from './app-update.ts'
import { BoardAccess } from './board/board-access.ts'
import { BoundBoard } from './board/bound-board.ts'
import { credentialIn } from './board/credential.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { PagedBoard } from './board/paged-board.ts'
import { followAccess } from './board-entrance.ts'
import { type BoardImages, openBoardImages } from './board-images.ts'
import { boardLibrary } from './board-library.ts'
import { watchLimits } from './board-limits.ts'
import { boardPanels, followKeys } from './board-panels.ts'
import { forgetPlace, leadTo, linkToPlace } from './board-place.ts'
import { followReview } from './board-review.ts'
import { followStatus, statusReader } from './board-status.ts'
import { followBoardWork } from './board-under-way.ts'
import { followUpgrade } from './board-upgrade.ts'
import { openArrived } from './boards-file.ts'
import { rememberCamera, rememberedPage } from './camera-memory.ts'
import { type Device, identityOf, sealerOf } from './device.ts'
import { followDeviceStorage } from './device-storage.ts'
import { Editor } from './editor/editor.ts'
import { PeerTracker } from './editor/peer-tracker.ts'
import { linkParts } from './editor/place.ts'
import { previewShapes } from './editor/preview.ts'
import { selectionFrame } from './editor/selection-frame.ts'
import { rememberWork } from './editor-memory.ts'
import { boardExporter } from './exporter.ts'
import { openDialogAccept } from './files/accept.ts'
import { followFiles } from './follow-files.ts'
import type { Page } from './page.ts'
import { foreignPaste, withForeign } from './paste-foreign.ts'
import { followPreview } from './previews.ts'
import { followRejections } from './rejected-changes.ts'
import { canvasLineWidth } from './render/line-width.ts'
import { createRenderer } from './render/renderer.ts'
import { followSaveCopy } from './save-copy.ts'
import { TOOLS, VIEWS } from './shapes/index.ts'
import { type BoardSync, openBoardSync } from './sync/board-sync.ts'
import { DocumentSize } from './sync/document-size.ts'
import { hearingSocket } from './sync/heard-updates.ts'
import type { Person } from './sync/presence.ts'
import { tabTokens } from './token-memory.ts'
import { followLock } from './vault-guard.ts'

/** An open board as the browser's console, and the tests, can reach it. */
export interface OpenBoard {
  readonly editor: Editor
  readonly status: () => SyncStatus
  /** What this device holds is loaded and drawn. */
  isReady: boolean
}

declare global {
  interface Window {
    driftboard?: OpenBoard | undefined
  }
}

/** One board: its document, kept in step with this device, with peers and with the relay, and the canvas on it. */
export function openBoardPage(device: Device, { id, fragment }: BoardLink): Page {
  const { clock, library, libraryLoaded, notices, random, store, themes } = device
  const doc = newDocument()
  const size = new DocumentSize(doc)
  const board = new DocBoard(doc, clock.now, () => identityOf(device).name)
  const bound = new BoundBoard(board, canvasLineWidth)
  const paged = new PagedBoard(bound, () => newId(random), rememberedPage())
  const { credential, place } = linkParts(fragment)
  const opened = credentialIn(credential)
  const tokens = tabTokens(sealerOf(device), () => sessionStorage)
  const access = new BoardAccess({ board: id, opened, library, libraryLoaded, tokens, random })
  const incoming = new Cell<Uint8Array | null>(null)
  const sync = openBoardSync<unknown>({
    doc,
    boardId: id,
    store,
    relayUrl: location.origin.replace(/^http/, 'ws'),
    // The tracker below parses: it also knows which preview belongs to which shape.
    parsePresence: value => value,
    clock,
    random,
    page: window,
    WebSocket: hearingSocket(WebSocket, update => incoming.set(update)),
    access,
    locks: navigator.locks,
  })
  const images = openBoardImages({ device, id, access, sync, board, element: () => element })
  const status = statusReader(sync, access, images)
  const shapeLibrary = boardLibrary({ device, images, editor: () => editor })
  const takeForeign = foreignPaste({ device, images, editor: () => editor })
  const editor = new Editor({
    board: paged,
    lineWidth: canvasLineWidth,
    tools: TOOLS,
    newId: () => newId(random),
    now: () => performance.now(),
    clipboard: images.clipboard && withForeign(images.clipboard, takeForeign),
    images,
    panels: boardPanels(() => element),
    pages: paged.control,
    library: shapeLibrary,
    linkTo: linkToPlace(id),
    exporter: boardExporter({ device, images, editor: () => editor }),
  })
  const element = new BoardPage()
  Object.assign(element, { editor, notices, themes, accept: openDialogAccept })
  forgetPlace(id)
  const open: OpenBoard = { editor, status, isReady: false }
  window.driftboard = open
  const stops = [
    followStatus({ sync, access, images, board, editor, element, status }),
    followAccess({ device, id, access, sync, board, element }),
    watchLimits(sync, board, size, notices),
    followPeople(device, sync, editor, element),
    followKeys(editor, element),
    rememberWork(editor),
    followTitle(device, id, board),
    followReview({ device, id, doc, board, sync, editor, element, incoming }),
    followRejections({ device, id, doc, board, access, sync }),
    followLock(device.vault, element),
    followBoardWork(device.underWay, editor, sync.local),
    followPreview({
      device,
      id,
      board: bound,
      loaded: sync.loaded,
      isBusy: () => editor.state.preview !== null,
    }),
    followDeviceStorage(board, sync.local, clock),
    followSaveCopy({ doc, board, notices, element, readImage: hash => images.assets.get(hash) }),
    followFiles(element, editor, device, images),
    followUpgrade({ board, sync, onOutdated: () => void lookForUpdate() }),
    rememberCamera(id, editor, sync, place !== null),
    place ? leadTo(place, { editor, sync, notices }) : () => {},
    drawOn(element, editor, bound, images, device, () => {
      void sync.loaded.then(() => {
        open.isReady = true
      })
    }),
  ]
  openArrived(device, id, element, sync.loaded)
  void access.ready.then(() => library.opened(id, clock.now()))
  return {
    element,
    close() {
      for (const stop of stops) stop()
      shapeLibrary.close()
      images.destroy()
      if (window.driftboard === open) window.driftboard = undefined
      editor.destroy()
      paged.destroy()
      bound.destroy()
      board.destroy()
      size.destroy()
      return sync.destroy().then(() => doc.destroy())
    },
  }
}

/** Puts the canvas into the page, and pointers and keys to the editor. Returns its own undo. */
function drawOn(
  element: BoardPage,
  editor: Editor,
  bound: BoundBoard,
  images: BoardImages,
  device: Device,
  onDrawn: () => void,
): () => void {
  const { fontsLoaded, notices, themes } = device
  let isOpen = true
  const stops: (() => void)[] = []
  const onPenOnly = () =>
    notices.info(
      'Now only the pen draws, and fingers move the board. The menu has the switch, under Preferences.',
    )
  const onForeign = foreignPaste({ device, images, editor: () => editor })
  const onLeftOut = (count: number) =>
    notices.info(
      `${count} of the pasted shapes ${count === 1 ? 'was' : 'were'} left out: a newer version made them.`,
    )
  const onImages = (files: readonly File[], at: Vec | null) => fire(element, 'open-files', { files, at })
  async function start(): Promise<void> {
    await element.updateComplete
    if (!isOpen) return
    const { canvas } = element
    const measure = () => editor.resize({ w: canvas.clientWidth, h: canvas.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(canvas)
    measure()
    stops.push(
      () => observer.disconnect(),
      bindInput(canvas, editor, { onLeftOut, onImages, onForeign, onPenOnly }),
    )
    const renderer = await createRenderer({
      host: canvas,
      view: editor,
      views: VIEWS,
      theme: themes.theme,
      frame: shown => selectionFrame(editor, shown),
      previewShapes,
      pictures: images.assets,
    })
    if (!isOpen) {
      renderer.destroy()
      return
    }
    stops.push(
      themes.subscribe(() => renderer.setTheme(themes.theme)),
      () => renderer.destroy(),
    )
    void fontsLoaded.then(() => {
      if (!isOpen) return
      bound.remeasure()
      editor.remeasure()
      renderer.reload()
    })
    onDrawn()
  }
  start().catch((error: unknown) => {
    notices.error(
      `This browser cannot draw the board: ${String(error)} Try to update it, or use another one.`,
    )
  })
  return () => {
    isOpen = false
    for (const stop of stops) stop()
  }
}

/** Shows the others, and tells them of this person: after the frame that shows it here. Returns its own undo. */
function followPeople(
  device: Device,
  sync: BoardSync<unknown>,
  editor: Editor,
  element: BoardPage,
): () => void {
  const tracker = new PeerTracker(editor.board, peers => editor.setPeers(peers), editor.pages)
  let identity = identityOf(device)
  let told = ''
  // The editor also changes when others do; telling them of that would make them tell us, for ever.
  const tell = () => {
    const state = editor.outgoingPresence(identity)
    const text = JSON.stringify(state)
    if (text === told) return
    told = text
    sync.presence.set(state)
  }
  const telling = soon(device.clock, tell)
  const show = () => {
    identity = identityOf(device)
    element.self = identity
    tell()
  }
  const receive = (people: readonly Person<unknown>[]) =>
    tracker.receive(new Map(people.map(({ client, data, idle }) => [client, idle ? resting(data) : data])))
  let isOpen = true
  void device.libraryLoaded.then(() => isOpen && show())
  show()
  const stops = [
    device.library.subscribe(show),
    editor.subscribe(telling.ask),
    editor.subscribePointer(telling.ask),
    telling.stop,
    sync.presence.subscribe(receive),
    listen(element, 'rename-self', ({ name }) => {
      device.library.identity = { ...identity, name }
    }),
    () => tracker.destroy(),
  ]
  return () => {
    isOpen = false
    for (const stop of stops) stop()
  }
}

/** What is shown of somebody who has not moved for a while: that they are here, but no cursor. */
const resting = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? { ...data, cursor: null satisfies Vec | null } : data

/** Keeps the title in the list of boards like the one on the board. */
function followTitle({ library, libraryLoaded }: Device, id: string, board: DocBoard): () => void {
  let isOpen = true
  const note = () => {
    if (isOpen && board.title !== '') library.rename(id, board.title)
  }
  const stop = board.subscribe(() => void libraryLoaded.then(note))
  return () => {
    isOpen = false
    stop()
  }
}

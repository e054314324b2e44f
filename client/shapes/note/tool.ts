import type { Vec } from '../../../shared/geometry/vec.ts'
import type { Note } from '../../../shared/shapes/note.ts'
import { NOTE_SIDE } from '../../../shared/shapes/note.ts'
import { unreachable } from '../../../shared/util/unreachable.ts'
import { newNote } from '../../editor/notes.ts'
import { gridPoint } from '../../editor/snap/field.ts'
import { tidied } from '../../editor/tidy.ts'
import type { Modifiers, Scene, Tool } from '../../editor/types.ts'

export type NoteState =
  | { readonly at: 'rest' }
  /** The note hangs on the pointer until it is let go. */
  | { readonly at: 'placing'; readonly note: Note }

const REST: NoteState = { at: 'rest' }

/** A click lays down a note and opens its text; a drag carries it to its place first. */
export const note: Tool<NoteState> = {
  name: 'note',
  initial: REST,
  step(state, event, scene) {
    switch (event.type) {
      case 'down': {
        if (state.at !== 'rest') return [state]
        const made = newNote(placeAt(event.at, event.modifiers, scene), scene)
        return [
          { at: 'placing', note: made },
          { do: 'preview', preview: { kind: 'create', shape: made } },
        ]
      }
      case 'move': {
        if (state.at === 'rest') return [state]
        const moved = { ...state.note, pos: placeAt(event.at, event.modifiers, scene) }
        return [
          { at: 'placing', note: moved },
          { do: 'preview', preview: { kind: 'create', shape: moved } },
        ]
      }
      case 'up': {
        if (state.at === 'rest') return [state]
        const shape = { ...state.note, pos: placeAt(event.at, event.modifiers, scene) }
        return [
          REST,
          { do: 'preview', preview: null },
          { do: 'commit', edits: [{ op: 'create', shape }] },
          { do: 'made', ids: [shape.id] },
          { do: 'edit', id: shape.id },
        ]
      }
      case 'cancel':
        return state.at === 'rest' ? [state] : [REST, { do: 'preview', preview: null }]
      case 'modifiers':
      case 'finish':
        return [state]
      default:
        return unreachable(event)
    }
  },
  cursor: () => 'crosshair',
}

/** Where the top left of a note lies whose middle is under the pointer. */
const placeAt = (at: Vec, modifiers: Modifiers, scene: Scene): Vec =>
  tidied(
    { pos: gridPoint([at[0] - NOTE_SIDE / 2, at[1] - NOTE_SIDE / 2], modifiers, scene) },
    scene.camera.zoom,
  ).pos

import icon from 'lucide-static/icons/sticky-note.svg?raw'
import type { Note } from '../../../shared/shapes/note.ts'
import type { ShapeKit } from '../kit.ts'
import { note as tool } from './tool.ts'
import { noteView } from './view.ts'

export const note: ShapeKit<Note> = {
  view: noteView,
  tool: { name: 'note', title: 'Sticky note', keys: ['n'], icon, place: 'bar', tool },
}

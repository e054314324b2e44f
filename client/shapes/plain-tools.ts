import eraserIcon from 'lucide-static/icons/eraser.svg?raw'
import handIcon from 'lucide-static/icons/hand.svg?raw'
import selectIcon from 'lucide-static/icons/mouse-pointer-2.svg?raw'
import { eraser } from '../editor/tools/eraser.ts'
import { hand } from '../editor/tools/hand.ts'
import { select } from '../editor/tools/select.ts'
import type { ToolEntry } from '../editor/types.ts'

export const SELECT: ToolEntry = {
  name: 'select',
  title: 'Select',
  keys: ['v', '1'],
  icon: selectIcon,
  place: 'bar',
  tool: select,
}

export const HAND: ToolEntry = {
  name: 'hand',
  title: 'Hand',
  keys: ['h'],
  icon: handIcon,
  place: 'bar',
  tool: hand,
}

export const ERASER: ToolEntry = {
  name: 'eraser',
  title: 'Eraser',
  keys: ['e', '0'],
  icon: eraserIcon,
  place: 'bar',
  tool: eraser,
}

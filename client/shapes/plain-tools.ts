import cropIcon from 'lucide-static/icons/crop.svg?raw'
import eraserIcon from 'lucide-static/icons/eraser.svg?raw'
import handIcon from 'lucide-static/icons/hand.svg?raw'
import highlighterIcon from 'lucide-static/icons/highlighter.svg?raw'
import lassoIcon from 'lucide-static/icons/lasso.svg?raw'
import selectIcon from 'lucide-static/icons/mouse-pointer-2.svg?raw'
import cutterIcon from 'lucide-static/icons/scissors.svg?raw'
import laserIcon from 'lucide-static/icons/wand-sparkles.svg?raw'
import { crop } from '../editor/tools/crop.ts'
import { cutter } from '../editor/tools/cutter.ts'
import { eraser } from '../editor/tools/eraser.ts'
import { hand } from '../editor/tools/hand.ts'
import { laser } from '../editor/tools/laser.ts'
import { lasso } from '../editor/tools/lasso.ts'
import { select } from '../editor/tools/select.ts'
import type { ToolEntry } from '../editor/types.ts'
import { highlighter } from './ink/tool.ts'

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

export const HIGHLIGHTER: ToolEntry = {
  name: 'highlighter',
  title: 'Highlighter',
  keys: ['shift+d'],
  icon: highlighterIcon,
  place: 'more',
  tool: highlighter,
}

export const CUTTER: ToolEntry = {
  name: 'cutter',
  title: 'Stroke eraser',
  keys: ['shift+e'],
  icon: cutterIcon,
  place: 'more',
  tool: cutter,
}

export const LASSO: ToolEntry = {
  name: 'lasso',
  title: 'Lasso',
  keys: [],
  icon: lassoIcon,
  place: 'more',
  tool: lasso,
}

export const LASER: ToolEntry = {
  name: 'laser',
  title: 'Laser pointer',
  keys: ['k'],
  icon: laserIcon,
  place: 'more',
  tool: laser,
}

export const CROP: ToolEntry = {
  name: 'crop',
  title: 'Crop',
  keys: [],
  icon: cropIcon,
  place: 'more',
  tool: crop,
}

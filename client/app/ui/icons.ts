import { html, type TemplateResult } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import toFront from 'lucide-static/icons/bring-to-front.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import alert from 'lucide-static/icons/circle-alert.svg?raw'
import copy from 'lucide-static/icons/copy.svg?raw'
import more from 'lucide-static/icons/ellipsis.svg?raw'
import eye from 'lucide-static/icons/eye.svg?raw'
import image from 'lucide-static/icons/image.svg?raw'
import link from 'lucide-static/icons/link.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import menu from 'lucide-static/icons/menu.svg?raw'
import minus from 'lucide-static/icons/minus.svg?raw'
import monitor from 'lucide-static/icons/monitor.svg?raw'
import moon from 'lucide-static/icons/moon.svg?raw'
import rename from 'lucide-static/icons/pencil-line.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import redo from 'lucide-static/icons/redo-2.svg?raw'
import toBack from 'lucide-static/icons/send-to-back.svg?raw'
import shield from 'lucide-static/icons/shield-check.svg?raw'
import sun from 'lucide-static/icons/sun.svg?raw'
import trash from 'lucide-static/icons/trash-2.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import close from 'lucide-static/icons/x.svg?raw'

const ICONS = {
  alert,
  check,
  close,
  copy,
  eye,
  image,
  link,
  lock,
  menu,
  minus,
  monitor,
  moon,
  more,
  plus,
  redo,
  rename,
  shield,
  sun,
  toBack,
  toFront,
  trash,
  undo,
} as const

export type IconName = keyof typeof ICONS

/** A picture beside a word or inside a labelled button; assistive technology skips it. */
export const icon = (name: IconName, slot?: string): TemplateResult => picture(ICONS[name], slot)

/** As `icon`, of an SVG that only a part of the app needs, which brings it along. */
export const picture = (source: string, slot?: string): TemplateResult =>
  slot === undefined
    ? html`<span class="icon" aria-hidden="true">${unsafeHTML(source)}</span>`
    : html`<span class="icon" slot=${slot} aria-hidden="true">${unsafeHTML(source)}</span>`

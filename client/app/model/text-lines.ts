import { type Marks, marksBetween, runsOf, type TextStyle } from '../../../shared/geometry/marks.ts'
import type { MarkedLine } from '../../../shared/geometry/text.ts'
import type { TextAlign } from '../../../shared/shapes/common.ts'

/** A line of a text as it is typed in, up to its newline. */
export interface TextLine {
  readonly runs: readonly { readonly text: string; readonly style: TextStyle }[]
  /** How far its further lines stand in when it wraps; 0 outside of lists. In the unit of the layout. */
  readonly hang: number
  /** How wide the list is that it belongs to; 0 outside of lists. In the unit of the layout. */
  readonly width: number
}

export function textLines(
  { text, marks }: { readonly text: string; readonly marks: Marks },
  layout: readonly MarkedLine[] | undefined,
): readonly TextLine[] {
  let from = 0
  let laid = 0
  return text.split('\n').map(line => {
    while (layout && (layout[laid]?.from ?? Infinity) < from) laid += 1
    const { hang = 0, w = 0 } = layout?.[laid] ?? {}
    const runs = runsOf(line, marksBetween(marks, from, from + line.length))
    from += line.length + 1
    return { runs, hang, width: hang > 0 ? w : 0 }
  })
}

/** CSS pixels by which a line may be wider than it was measured. */
const TOLERANCE = 0.05

/**
 * CSS of a line in an element `width` CSS pixels wide between its paddings: a list stands as a whole where its text is aligned to,
 * and its lines below each other. Empty for a line outside of lists.
 */
export function lineStyle(
  line: TextLine,
  { align, perUnit, width }: { readonly align: TextAlign; readonly perUnit: number; readonly width: number },
  isMirrored: boolean,
): { readonly paddingInlineStart: string; readonly textIndent: string; readonly textAlign: string } {
  if (line.hang === 0) return { paddingInlineStart: '', textIndent: '', textAlign: '' }
  const free = Math.max(0, width - line.width * perUnit - TOLERANCE)
  const share = isMirrored ? 1 - SHARE_BEFORE[align] : SHARE_BEFORE[align]
  const hang = line.hang * perUnit
  return {
    paddingInlineStart: `${free * share + hang}px`,
    textIndent: `${-hang}px`,
    textAlign: 'start',
  }
}

/** The part of the free width that is before the letters, at the left. */
const SHARE_BEFORE: Readonly<Record<TextAlign, number>> = { left: 0, center: 0.5, right: 1 }

import { readStyle } from './style.ts'
import type { Style } from './types.ts'

const TYPE = 'driftboard/style'

/** A style as text for the clipboard, for other boards to be given. */
export const styleText = (style: Partial<Style>): string => JSON.stringify({ type: TYPE, style })

/** The style that a clipboard text holds; undefined when it is any other text. */
export function styleOfText(text: string): Partial<Style> | undefined {
  if (!text.includes(TYPE)) return undefined
  const read = parsed(text)
  if (!isRecord(read) || read.type !== TYPE || !isRecord(read.style)) return undefined
  return readStyle(read.style)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

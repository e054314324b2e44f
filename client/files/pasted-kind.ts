import { type MermaidKind, mermaidKind } from './mermaid/kind.ts'

/** What another program has put on the clipboard. Kept small, as it looks at every paste: the readers are loaded when they are needed. */
export type PastedKind = 'excalidraw' | 'tldraw' | 'scene' | 'svg' | MermaidKind

const EXCALIDRAW = /^\s*\{\s*"type"\s*:\s*"excalidraw(\/clipboard|lib)?"/
const SCENE = /^\s*\{\s*"type"\s*:\s*"driftboard\/scene"/
const SVG = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,200}?-->\s*)?(<!DOCTYPE[^>]*>\s*)?<svg[\s>]/

/** Undefined for what is pasted as it is. */
export function pastedKind(text: string, html: string): PastedKind | undefined {
  if (/<div data-tldraw/.test(html)) return 'tldraw'
  if (EXCALIDRAW.test(text)) return 'excalidraw'
  if (SCENE.test(text)) return 'scene'
  return SVG.test(text) ? 'svg' : mermaidKind(text)
}

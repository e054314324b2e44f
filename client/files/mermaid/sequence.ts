import { type LineWidth, layoutText } from '../../../shared/geometry/text.ts'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { KnownShape } from '../../../shared/shapes/index.ts'
import { pathThrough } from '../../../shared/shapes/path.ts'
import { MermaidError, plain } from './flowchart.ts'
import { mermaidLines } from './kind.ts'

type Step =
  | {
      readonly is: 'message'
      readonly from: string
      readonly to: string
      readonly mark: string
      readonly text: string
    }
  | {
      readonly is: 'note'
      readonly over: readonly string[]
      readonly side: 'left' | 'right' | 'over'
      readonly text: string
    }
  | { readonly is: 'begin'; readonly text: string }
  | { readonly is: 'part'; readonly text: string }
  | { readonly is: 'end' }

interface Sequence {
  /** What each is called, in their order from the left. */
  readonly people: ReadonlyMap<string, string>
  readonly steps: readonly Step[]
}

const PERSON = /^(?:create\s+)?(?:participant|actor)\s+(\S+?)(?:@\{[^}]*\})?(?:\s+as\s+(.+))?$/
const MESSAGE =
  /^([^-<>:+]+?)\s*(<<-->>|<<->>|-->>|->>|-->|->|--x|-x|--\)|-\))\s*[+-]?\s*([^:]+?)\s*(?::\s*(.*))?$/
const NOTE = /^note\s+(left of|right of|over)\s+([^:]+?)\s*:\s*(.*)$/i
const BLOCK = /^(loop|alt|opt|par|critical|break|rect|box)\b\s*(.*)$/
const IGNORED = /^(activate|deactivate|autonumber|destroy|title|link|links|accTitle|accDescr)\b/

/** Throws a MermaidError that quotes the line it does not understand. */
function parseSequence(text: string): Sequence {
  const people = new Map<string, string>()
  const steps: Step[] = []
  const named = (name: string): string => {
    if (!people.has(name)) people.set(name, name)
    return name
  }
  for (const line of mermaidLines(text).slice(1)) {
    const [, id, title] = PERSON.exec(line) ?? []
    const note = NOTE.exec(line)
    const block = BLOCK.exec(line)
    const part = /^(?:else|and|option)\b\s*(.*)$/.exec(line)
    if (id !== undefined) people.set(id, plain(title ?? id))
    else if (note) {
      const over = (note[2] ?? '').split(',').map(name => named(name.trim()))
      steps.push({ is: 'note', over, side: sideOf(note[1] ?? ''), text: plain(note[3] ?? '') })
    } else if (block) steps.push({ is: 'begin', text: `${block[1]} ${plain(block[2] ?? '')}`.trim() })
    else if (part) steps.push({ is: 'part', text: plain(part[1] ?? '') })
    else if (line === 'end') steps.push({ is: 'end' })
    else if (!IGNORED.test(line)) steps.push(messageOf(line, named))
  }
  return { people, steps }
}

function messageOf(line: string, named: (name: string) => string): Step {
  const [, from, mark, to, text = ''] = MESSAGE.exec(line) ?? []
  if (from === undefined || mark === undefined || to === undefined)
    throw new MermaidError(`“${line.slice(0, 80)}”`)
  return { is: 'message', from: named(from), to: named(to), mark, text: plain(text) }
}

const sideOf = (words: string): 'left' | 'right' | 'over' => {
  const side = words.toLowerCase()
  return side.startsWith('left') ? 'left' : side.startsWith('right') ? 'right' : 'over'
}

/** World units. */
const FONT_SIZE = 18
const HEAD: Vec = [120, 50]
const GAP = 60
const ROW = 56
const NOTE_WIDTH = 150
const BLOCK_MARGIN = 20

/** The shapes of a sequence diagram, the bottom one first, under provisional ids. */
export function drawSequence(text: string, lineWidth: LineWidth): readonly KnownShape[] {
  const sequence = parseSequence(text)
  const columns = columnsOf(sequence, lineWidth)
  const drawing = new Drawing(columns, lineWidth)
  for (const step of sequence.steps) drawing.add(step)
  return drawing.finish(sequence.people)
}

/** The middle of each lifeline: as far apart as what is said between neighbours needs. */
function columnsOf({ people, steps }: Sequence, lineWidth: LineWidth): ReadonlyMap<string, number> {
  const names = [...people.keys()]
  const widthOf = (words: string) => layoutText(words, 'hand', FONT_SIZE, 0, lineWidth).w
  const gaps = names.map(name => Math.max(HEAD[0], widthOf(people.get(name) ?? '') + 40) + GAP)
  for (const step of steps) {
    if (step.is !== 'message') continue
    const [a, b] = [names.indexOf(step.from), names.indexOf(step.to)].sort((x, y) => x - y) as [
      number,
      number,
    ]
    if (b === a + 1) gaps[a] = Math.max(gaps[a] ?? 0, widthOf(step.text) + 40)
  }
  const columns = new Map<string, number>()
  let x = 0
  for (const [i, name] of names.entries()) {
    columns.set(name, x)
    x += gaps[i] ?? 0
  }
  return columns
}

class Drawing {
  readonly #columns: ReadonlyMap<string, number>
  readonly #lineWidth: LineWidth
  readonly #shapes: KnownShape[] = []
  readonly #blocks: KnownShape[] = []
  readonly #open: { readonly y: number; readonly text: string }[] = []
  #y = HEAD[1] + ROW / 2
  #count = 0

  constructor(columns: ReadonlyMap<string, number>, lineWidth: LineWidth) {
    this.#columns = columns
    this.#lineWidth = lineWidth
  }

  add(step: Step): void {
    switch (step.is) {
      case 'message':
        return this.#message(step)
      case 'note':
        return this.#note(step)
      case 'begin':
        this.#open.push({ y: this.#y - ROW / 4, text: step.text })
        this.#y += ROW / 2
        return
      case 'part':
        return this.#part(step.text)
      case 'end':
        return this.#end()
    }
  }

  finish(people: ReadonlyMap<string, string>): readonly KnownShape[] {
    while (this.#open.length > 0) this.#end()
    const bottom = this.#y + ROW / 4
    const heads: KnownShape[] = []
    const lines: KnownShape[] = []
    for (const [name, title] of people) {
      const x = this.#x(name)
      const w = Math.max(HEAD[0], layoutText(title, 'hand', FONT_SIZE, 0, this.#lineWidth).w + 40)
      lines.push(
        makeShape('line', {
          id: this.#id(),
          ...through([x, HEAD[1]], [x, bottom]),
          dash: 'dashed',
          stroke: '#868e96',
        }),
      )
      heads.push(
        makeShape('rectangle', {
          ...{ id: this.#id(), pos: [x - w / 2, 0], size: [w, HEAD[1]], fill: '#e7f5ff', corner: 6 },
          ...{ text: cut(title), fontSize: FONT_SIZE },
        }),
      )
    }
    return [...this.#blocks, ...lines, ...this.#shapes, ...heads]
  }

  #message({ from, to, mark, text }: Extract<Step, { is: 'message' }>): void {
    const [a, b] = [this.#x(from), this.#x(to)]
    const y = this.#y
    const points: readonly Vec[] =
      from === to
        ? [
            [a, y],
            [a + 50, y],
            [a + 50, y + 24],
            [a, y + 24],
          ]
        : [
            [a, y],
            [b, y],
          ]
    const isBoth = mark.startsWith('<<')
    this.#shapes.push(
      makeShape('arrow', {
        ...{ id: this.#id(), ...pathThrough(points), dash: mark.includes('--') ? 'dashed' : 'solid' },
        head: mark.endsWith('x')
          ? 'bar'
          : mark.endsWith('>>')
            ? 'triangle'
            : mark.endsWith(')')
              ? 'arrow'
              : 'none',
        tail: isBoth ? 'triangle' : 'none',
      }),
    )
    if (text !== '') this.#words(text, (Math.min(a, b) + Math.max(a, b)) / 2 + (from === to ? 30 : 0), y)
    this.#y += from === to ? ROW + 24 : ROW
  }

  /** Above a line, in the middle of it. */
  #words(text: string, x: number, y: number): void {
    const { w, h } = layoutText(text, 'hand', FONT_SIZE, 0, this.#lineWidth)
    this.#shapes.push(
      makeShape('text', {
        id: this.#id(),
        pos: [x - w / 2, y - h - 4],
        text: cut(text),
        fontSize: FONT_SIZE,
        align: 'center',
      }),
    )
  }

  #note({ over, side, text }: Extract<Step, { is: 'note' }>): void {
    const xs = over.map(name => this.#x(name))
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const w = Math.max(NOTE_WIDTH, right - left + NOTE_WIDTH / 2)
    const x = side === 'left' ? left - w - 10 : side === 'right' ? right + 10 : (left + right - w) / 2
    const h = layoutText(text, 'hand', FONT_SIZE, w - 12, this.#lineWidth).h + 16
    this.#shapes.push(
      makeShape('rectangle', {
        ...{
          id: this.#id(),
          pos: [x, this.#y - ROW / 3],
          size: [w, h],
          fill: '#fff3bf',
          stroke: '#e8590c',
          width: 1,
        },
        ...{ text: cut(text), fontSize: FONT_SIZE },
      }),
    )
    this.#y += h + ROW / 3
  }

  #part(text: string): void {
    const [from, to] = this.#edges()
    const y = this.#y - ROW / 4
    this.#blocks.push(
      makeShape('line', {
        id: this.#id(),
        ...through([from, y], [to, y]),
        dash: 'dashed',
        stroke: '#868e96',
      }),
    )
    if (text !== '') this.#words(`[${text}]`, (from + to) / 2, y + ROW / 2)
    this.#y += ROW / 2
  }

  #end(): void {
    const block = this.#open.pop()
    if (!block) return
    const inset = this.#open.length * 8
    const [from, to] = this.#edges()
    this.#blocks.unshift(
      makeShape('rectangle', {
        ...{
          id: this.#id(),
          pos: [from + inset, block.y],
          size: [to - from - 2 * inset, this.#y - ROW / 3 - block.y],
        },
        ...{
          stroke: '#868e96',
          corner: 6,
          text: cut(block.text),
          fontSize: FONT_SIZE,
          align: 'left',
          valign: 'top',
        },
      }),
    )
    this.#y += ROW / 4
  }

  #edges(): readonly [from: number, to: number] {
    const xs = [...this.#columns.values()]
    const room = HEAD[0] / 2 + BLOCK_MARGIN
    return [Math.min(0, ...xs) - room, Math.max(0, ...xs) + room]
  }

  #x(name: string): number {
    return this.#columns.get(name) ?? 0
  }

  #id(): string {
    return `q${this.#count++}`
  }
}

const cut = (text: string): string => text.slice(0, LIMITS.textLength)

const through = (from: Vec, to: Vec) => pathThrough([from, to])

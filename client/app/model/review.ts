/** Whose work a shape of a review is. */
export type ReviewSide = 'mine' | 'theirs' | 'both'

export interface Counts {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export interface ReviewSummary {
  /** Who the others are, as far as the shapes tell. */
  readonly names: readonly string[]
  readonly theirs: Counts
  readonly mine: Counts
  /** Shapes that both touched. */
  readonly common: number
}

/** What one side did to a shape. `keys` are those of the shape that it changed. */
export type Deed =
  | { readonly did: 'nothing' | 'added' | 'removed' }
  | { readonly did: 'changed'; readonly keys: readonly string[] }

/** One shape of a review. */
export interface ReviewItem {
  readonly type: string
  /** Who the other was; empty where nobody knows. */
  readonly name: string
  readonly mine: Deed
  readonly theirs: Deed
  /** Keys that both gave another value, and whose value the board has. */
  readonly contested: readonly { readonly key: string; readonly won: 'mine' | 'theirs' | 'both' }[]
}

export interface ReviewChoice {
  readonly version: 'mine' | 'theirs' | 'merged'
  readonly label: string
  /** The shape looks like that by now. */
  readonly isShown: boolean
}

/** What the interface shows of a review. */
export type ReviewView =
  | { readonly at: 'offered'; readonly text: string }
  | {
      readonly at: 'open'
      /** From 1. */
      readonly step: number
      readonly count: number
      readonly side: ReviewSide
      readonly text: string
      readonly choices: readonly ReviewChoice[]
    }

/** "Ana changed 12 shapes, you changed 7, 2 in common." */
export function summaryText({ names, theirs, mine, common }: ReviewSummary): string {
  const others = `${namesText(names)} ${countText(theirs, 'shapes')}`
  if (totalOf(mine) === 0) return `${others} while you were away.`
  return `${others}, you ${countText(mine, '')}${common > 0 ? `, ${common.toLocaleString('en')} in common` : ''}.`
}

const totalOf = ({ added, changed, removed }: Counts): number => added + changed + removed

function namesText(names: readonly string[]): string {
  const [first, second, ...rest] = names
  if (first === undefined) return 'Others'
  if (second === undefined) return first
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and others`
}

/** What was done in one word: the deed itself when all are alike. */
function countText(counts: Counts, what: 'shapes' | ''): string {
  const total = totalOf(counts)
  const verb = (['added', 'removed'] as const).find(kind => counts[kind] === total) ?? 'changed'
  const noun = what === '' ? '' : total === 1 ? ' shape' : ' shapes'
  return `${verb} ${total.toLocaleString('en')}${noun}`
}

const NOUNS: Readonly<Record<string, string>> = { ink: 'drawing', image: 'picture' }

/** "Both touched this rectangle. You moved it, Ana recoloured it." */
export function itemText(item: ReviewItem): string {
  const noun = `this ${NOUNS[item.type] ?? item.type}`
  const other = item.name || 'Somebody'
  if (item.theirs.did === 'nothing') return `You ${deedText(item.mine, noun)}.`
  if (item.mine.did === 'nothing') return `${other} ${deedText(item.theirs, noun)}.`
  const both = `You ${deedText(item.mine, noun)}, ${item.name || 'somebody'} ${deedText(item.theirs, 'it')}`
  if (item.mine.did === 'removed' || item.theirs.did === 'removed') return `${both}: it is gone.`
  return [`${both}.`, ...contestTexts(item, other)].join(' ')
}

/** The letters, and which of them are bold and so on. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['text', 'marks'])

function deedText(deed: Deed, what: string): string {
  if (deed.did !== 'changed') return `${deed.did} ${what}`
  const verbs = verbsOf(deed.keys)
  const rewrote = deed.keys.some(key => TEXT_KEYS.has(key))
    ? `changed ${what === 'it' ? 'its text' : `the text of ${what}`}`
    : ''
  const acted = verbs.length > 0 ? `${listed(verbs)} ${what}` : ''
  return [acted, acted && rewrote && what !== 'it' ? 'changed its text' : rewrote]
    .filter(Boolean)
    .join(' and ')
}

const VERBS: Readonly<Record<string, string>> = {
  pos: 'moved',
  size: 'resized',
  rot: 'turned',
  points: 'reshaped',
  ink: 'redrew',
  stroke: 'recoloured',
  fill: 'recoloured',
  z: 'reordered',
  groups: 'regrouped',
}

/** What was done, each once, in the order in which it strikes the eye. */
function verbsOf(keys: readonly string[]): readonly string[] {
  // Other points, or another size from the top left, give a shape another place too.
  const isReshaped = keys.includes('points') || keys.includes('size')
  const own = keys.filter(key => !TEXT_KEYS.has(key) && !(key === 'pos' && isReshaped))
  const done = new Set(own.map(key => VERBS[key] ?? 'restyled'))
  return [...new Set([...Object.values(VERBS), 'restyled'])].filter(verb => done.has(verb))
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const CONTESTED: Readonly<Record<string, string>> = {
  pos: 'place',
  size: 'size',
  rot: 'angle',
  points: 'course',
  ink: 'line',
  stroke: 'colour',
  fill: 'fill',
  z: 'order',
  groups: 'group',
  marks: 'bold and italic letters',
}

function contestTexts({ contested }: ReviewItem, other: string): readonly string[] {
  const won = (who: 'mine' | 'theirs') =>
    new Set(contested.filter(one => one.won === who).map(({ key }) => CONTESTED[key] ?? 'style'))
  const text = (whose: string, what: ReadonlySet<string>) =>
    what.size === 0 ? [] : [`${whose} ${listed([...what])} won.`]
  return [
    ...(contested.some(({ won: whose }) => whose === 'both') ? ['What both typed was kept.'] : []),
    ...text('Your', won('mine')),
    ...text(other === 'Somebody' ? 'Their' : `${other}’s`, won('theirs')),
  ]
}

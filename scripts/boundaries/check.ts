import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { cycles } from './cycles.ts'
import { importsOf } from './imports.ts'
import { AREAS, ARROWS, type Area, NODE_HOMES, PACKAGE_HOMES, SHARED_PACKAGES } from './rules.ts'

export type Rule =
  | 'arrow'
  | 'type-only arrow'
  | 'test code'
  | 'main'
  | 'package home'
  | 'pure shared'
  | 'node home'
  | 'cycle'
  | 'unresolved'
  | 'no area'
  | 'syntax'

export interface Violation {
  readonly rule: Rule
  readonly file: string
  readonly line: number
  readonly message: string
}

interface Edge {
  readonly file: string
  readonly line: number
  readonly typeOnly: boolean
}

const SOURCE_FOLDERS = ['shared', 'client', 'relay', 'load-tests', 'scripts']
const SOURCE_FILE = /\.[mc]?[jt]sx?$/
/** Served as they are: no modules. */
const STATIC_FILES = /^client\/public\//

/** Holds every source file under `root` against the rules. An empty answer means that all arrows point one way. */
export function checkBoundaries(root: string): Violation[] {
  const violations: Violation[] = []
  const graph = new Map<string, string[]>()
  for (const file of sourceFiles(root)) {
    const area = areaOf(file)
    if (!area) {
      violations.push(noArea(file))
      continue
    }
    const imports = importsOf(file, readFileSync(join(root, file), 'utf8'))
    if (typeof imports === 'string') {
      violations.push({ rule: 'syntax', file, line: 1, message: imports })
      continue
    }
    const targets: string[] = []
    for (const { specifier, typeOnly, apart, line } of imports) {
      // A test may start a main.ts, or a built file that is not there yet, as a process of its own.
      if (apart && area === 'tests') continue
      const edge = { file, line, typeOnly }
      const target = specifier === null ? null : resolveRelative(root, file, specifier)
      if (target) targets.push(target)
      const violation = specifier === null ? computed(edge, area) : judge(edge, area, specifier, target)
      if (violation) violations.push(violation)
    }
    graph.set(file, targets)
  }
  for (const cycle of cycles(graph)) {
    const [file = ''] = cycle
    violations.push({ rule: 'cycle', file, line: 1, message: [...cycle, file].join(' -> ') })
  }
  return violations
}

function judge(edge: Edge, area: Area, specifier: string, target: string | null): Violation | null {
  if (target) return judgeFile(edge, area, target)
  if (!/^[./]/.test(specifier)) return judgePackage(edge, area, specifier)
  return {
    ...at(edge),
    rule: 'unresolved',
    message: `${specifier} is no file; write the path with its extension`,
  }
}

function judgeFile(edge: Edge, from: Area, target: string): Violation | null {
  if (/(^|\/)main\.ts$/.test(target)) {
    return { ...at(edge), rule: 'main', message: `${target} is a composition root: nothing may import it` }
  }
  const to = areaOf(target)
  const arrows = ARROWS[from]
  if (!SOURCE_FILE.test(target) || to === from || arrows.values === 'any' || !to) return null
  if (to === 'tests') return { ...at(edge), rule: 'test code', message: `${target} is only for tests` }
  if (arrows.values.includes(to)) return null
  if (!arrows.types?.includes(to)) {
    return { ...at(edge), rule: 'arrow', message: `${from} may not import ${to} (${target})` }
  }
  if (edge.typeOnly) return null
  return {
    ...at(edge),
    rule: 'type-only arrow',
    message: `${from} may only \`import type\` from ${to} (${target})`,
  }
}

function judgePackage(edge: Edge, from: Area, specifier: string): Violation | null {
  if (from === 'tests') return null
  if (isBuiltin(specifier)) {
    if (NODE_HOMES.test(edge.file)) return null
    return {
      ...at(edge),
      rule: 'node home',
      message: `${from} may not import ${specifier}: it runs without Node`,
    }
  }
  const name = packageName(specifier)
  if (from === 'shared' && !SHARED_PACKAGES.test(name)) {
    return {
      ...at(edge),
      rule: 'pure shared',
      message: `${name} is not on the list of pure packages of shared`,
    }
  }
  const home = PACKAGE_HOMES.find(each => each.packages.test(name))
  if (!home || home.files.test(edge.file)) return null
  return { ...at(edge), rule: 'package home', message: `${name} may only be imported in ${home.where}` }
}

function computed(edge: Edge, area: Area): Violation | null {
  if (area === 'tests' || area === 'tooling') return null
  return {
    ...at(edge),
    rule: 'unresolved',
    message: 'a computed import cannot be checked; import a literal path',
  }
}

function noArea(file: string): Violation {
  const message = `${file} lies in no known area; add one to scripts/boundaries/rules.ts`
  return { rule: 'no area', file, line: 1, message }
}

function at({ file, line }: Edge): Pick<Violation, 'file' | 'line'> {
  return { file, line }
}

function areaOf(file: string): Area | null {
  for (const [area, pattern] of Object.entries(AREAS)) if (pattern.test(file)) return area as Area
  return null
}

/** `lit/decorators.js` -> `lit`, `@lit/task/x.js` -> `@lit/task`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** The path from the root of the file that a relative specifier names, or null where there is none. */
function resolveRelative(root: string, file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
  const path = join(root, target)
  return existsSync(path) && statSync(path).isFile() ? target : null
}

function sourceFiles(root: string): string[] {
  const files = readdirSync(root).filter(name => SOURCE_FILE.test(name))
  for (const folder of SOURCE_FOLDERS) {
    if (!existsSync(join(root, folder))) continue
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = posix.join(folder, entry.replaceAll('\\', '/'))
      if (SOURCE_FILE.test(file) && !STATIC_FILES.test(file)) files.push(file)
    }
  }
  return files.sort()
}

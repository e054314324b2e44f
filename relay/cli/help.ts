import { GROUPS, SETTINGS, type Setting } from '../config/settings.ts'

const COMMANDS = `Driftboard's relay: it serves the app, and carries and keeps boards.

Usage: npm run relay -- [command]

  serve                            Run the relay. This is what no command means.
  export <board> --out <file>      Write a board to a file.
      --format v2|v1|json          v2 (default) and v1 are updates of Yjs, for import and for other programs;
                                   json is for reading.
  import <file> --board <id>       Put a file (v1 or v2) into a board. A board that has something is left alone,
      --force                      unless this merges the file into it: nothing that is there is taken away.
  verify [board]                   Check the log, snapshots, versions, images and keys of all boards, or of one.
                                   It repairs nothing. Exits with 1 when something is wrong.
  --help, --version

Where a relay uses DATA_DIR, stop it before you export, import or verify. Where boards are is set by the environment,
for all commands alike.`

/** Characters of a line in a terminal. */
const WIDTH = 100

/** Spaces before a setting's meaning. */
const INDENT = '      '

/** What `--help` prints. */
export function helpText(): string {
  const groups = GROUPS.map(group => {
    const settings = settingsOf(group).map(
      ([name, setting]) => `  ${name}${defaultOf(setting)}\n${wrapped(setting.meaning)}`,
    )
    return `${group}:\n${settings.join('\n')}`
  })
  return [
    COMMANDS,
    'Settings are environment variables. One that is set to nothing counts as not set.',
    ...groups,
  ].join('\n\n')
}

/** What docs/settings.md holds. */
export function settingsMarkdown(): string {
  const groups = GROUPS.map(group => {
    const rows = settingsOf(group).map(
      ([name, { fallback, meaning }]) =>
        `| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\``} | ${meaning.replaceAll('|', '\\|')} |`,
    )
    return `## ${group}\n\n| Variable | Default | |\n| --- | --- | --- |\n${rows.join('\n')}`
  })
  const head =
    '# Settings of the relay\n\nEnvironment variables. One that is set to nothing counts as not set; a wrong value ends the start with what, where and what to do.\nWritten from the same table as `npm run relay -- --help`: `npx vitest run relay/cli -u` writes it again.'
  return `${[head, ...groups].join('\n\n')}\n`
}

const settingsOf = (group: string): [string, Setting<unknown>][] =>
  Object.entries<Setting<unknown>>(SETTINGS).filter(([, setting]) => setting.group === group)

const defaultOf = ({ fallback }: Setting<unknown>): string =>
  fallback === null ? '' : ` (${fallback}${inUnits(fallback)})`

const MIB = 1024 * 1024

/** The same number in MiB where that is easier to read. */
function inUnits(fallback: string): string {
  const number = Number(fallback)
  return number >= MIB && number % MIB === 0 ? `: ${number / MIB} MiB` : ''
}

function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && INDENT.length + line.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map(line => INDENT + line).join('\n')
}

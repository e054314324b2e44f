import { scenarios } from '../scenarios/index.ts'
import { EXIT_TEXT } from './exit.ts'
import { flagOf, LOAD_OPTIONS } from './values.ts'

/** Columns of the names of options. */
const NAMES = 22

const line = (name: string, meaning: string): string => `  ${name.padEnd(NAMES)}${meaning}`

export const helpText =
  (): string => `Driftboard's load tool: people at boards, as many as you like, against any relay that speaks
y-websocket's protocol, or Hocuspocus's.

Usage: npm run load -- <scenario> [options]

Scenarios
${scenarios.map(({ name, summary }) => line(name, summary)).join('\n')}

How much (each scenario has its own defaults)
${Object.entries(LOAD_OPTIONS)
  .map(([name, { meaning }]) => line(`--${flagOf(name)} <n>`, meaning))
  .join('\n')}

Against what
${line('--target <url>', 'A server that runs, such as ws://127.0.0.1:8787. Without it our relay is started on a folder of its own.')}
${line('--protocol <name>', 'driftboard (default), y-websocket, or hocuspocus.')}
${line('--access keys|none', 'How people get in: keys for AUTH=links, none for AUTH=open.')}
${line('--token <token>', 'One token for everybody, for AUTH=jwt and for others.')}
${line('--pid <n>', 'Process of the server on this machine, to see what it uses.')}
${line('--metrics <url>', "The server's metrics, to see how long its event loop stands still.")}
${line('--adapter native|ws', 'What our own relay serves on.')}
${line('--setting NAME=value', 'A setting of our own relay; can be given again.')}
${line('--core <n>', 'The one core that our own relay may use.')}

How it is judged
${line('--ramp [clients|rate]', 'Find the highest load that holds, by raising the people (or the edits of each).')}
${line('--slo <ms>', 'What p99 of delivery may be, instead of what the scenario says.')}
${line('--docs all|sample', 'Compare whole documents of all people at the end, for 15 s at most, or of some. State vectors: always of all.')}
${line('--wait <s>', 'How long everything may take to arrive at the end.')}

The generator
${line('--processes <n>', 'How many processes people are spread over.')}
${line('--generator-cores <l>', 'Cores that they may use, such as 1-3.')}

What is written
${line('--json <file>', 'The results.')}
${line('--html <file>', 'The report, in one file. `npm run load:report -- a.json b.json -o out.html` compares several.')}
${line('--label <text>', 'What to call this run in a report.')}

Exit codes: ${EXIT_TEXT}
Other relays beside ours, one after the other: npm run load:compare -- --help`

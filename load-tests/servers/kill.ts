import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** ms that a process may take to be gone once it is killed: a disk that is busy holds it up. */
const PATIENCE = 3000

/** ms between two looks. */
const LOOK = 5

/** Kills a process and waits, standing still, until it writes no more: for a process that itself ends. */
export function killNow(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  const until = Date.now() + PATIENCE
  while (isRunning(pid) && Date.now() < until) Atomics.wait(SLEEPER, 0, 0, LOOK)
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4))

/** Whether it still does something: until its parent asks, a dead process is still listed, as Z. Where there is no /proc nothing is waited for. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !['Z', 'X'].includes(stat.charAt(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/** Runs a program on some cores only: util-linux has it. */
export const TASKSET = '/usr/bin/taskset'

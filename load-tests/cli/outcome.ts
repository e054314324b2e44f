import type { RampResult, Verdict } from '../result.ts'
import type { Entry } from '../run/comparison.ts'
import { standingOf } from '../verdict.ts'
import { EXIT, type ExitCode } from './exit.ts'

export const exitOf = (verdict: Verdict): ExitCode => EXIT[standingOf(verdict)]

/** A ramp holds when it found a load that does. */
export function exitOfRamp({ highest, isGeneratorLimited }: RampResult): ExitCode {
  if (highest !== null) return EXIT.held
  return isGeneratorLimited ? EXIT['says nothing'] : EXIT.missed
}

/** Ours must hold; of the others it is told how they did, and no more. */
export function exitOfComparison(entries: readonly Entry[]): ExitCode {
  const codes = ours(entries).map(({ result }) => exitOf(result.verdict))
  return codes.find(code => code === EXIT.missed) ?? codes.find(code => code !== EXIT.held) ?? EXIT.held
}

/** In words, why ours did not hold; empty when it did. */
export const comparisonTrouble = (entries: readonly Entry[]): string[] => ours(entries).flatMap(troubleOf)

function troubleOf({ workload, result }: Entry): string[] {
  const { misses, generatorLimits } = result.verdict
  const name = `${result.target.server}, ${workload}`
  switch (standingOf(result.verdict)) {
    case 'held':
      return []
    case 'missed':
      return [`${name}: did not hold. ${misses.join(' ')}`]
    case 'says nothing':
      return [`${name}: says nothing, the generator was the bottleneck. ${generatorLimits.join(' ')}`]
  }
}

const ours = (entries: readonly Entry[]): Entry[] =>
  entries.filter(({ contender }) => contender === 'ours' || contender === 'ours-ws')

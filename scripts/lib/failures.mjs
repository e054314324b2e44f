// What failed, from the JSON reports of vitest and Playwright: a long run is read from its end.
import { stripVTControlCharacters } from 'node:util'

/** Of a message, which may hold the page as it was. */
const MOST_LINES = 30

/**
 * @typedef {{ title: string, message: string }} Failure
 * @typedef {{ name: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} VitestFile
 * @typedef {{ title: string, file?: string, line?: number, suites?: Suite[], specs?: Spec[] }} Suite
 * @typedef {{ title: string, file: string, line: number, ok: boolean, tests: { results: { status: string, errors: { message?: string }[] }[] }[] }} Spec
 */

/**
 * @param {{ testResults?: (VitestFile & { status: string })[] }} report
 * @returns {Failure[]}
 */
export function vitestFailures({ testResults = [] }) {
  return testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const failed = assertionResults.filter(result => result.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [{ title: name, message: short(message) }]
    return failed.map(({ fullName, failureMessages }) => ({
      title: `${name} › ${fullName}`,
      message: short(failureMessages.join('\n')),
    }))
  })
}

/**
 * @param {{ suites?: Suite[], errors?: { message?: string }[] }} report
 * @returns {Failure[]}
 */
export function playwrightFailures({ suites = [], errors = [] }) {
  const broken = errors.map(({ message = '' }) => ({ title: 'Playwright', message: short(message) }))
  const failed = suites.flatMap(specsOf).filter(({ ok }) => !ok)
  return [
    ...broken,
    ...failed.map(({ file, line, title, tests }) => ({
      title: `${file}:${line} › ${title}`,
      message: tests
        .flatMap(({ results }) => results)
        .flatMap(({ errors: thrown }) => thrown.map(({ message = '' }) => short(message)))
        .join('\n'),
    })),
  ]
}

/** @param {Suite} suite @returns {Spec[]} */
const specsOf = ({ suites = [], specs = [] }) => [...specs, ...suites.flatMap(specsOf)]

/** @param {string} message */
const short = message => stripVTControlCharacters(message).split('\n').slice(0, MOST_LINES).join('\n')

import { test as base } from '@playwright/test'
import type { Drawing } from './drawing.ts'
import { Person, type PersonOptions } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { Wire } from './wire.ts'

interface Fixtures {
  /** What the pages draw with; those that a test compares pixel by pixel, with WebGL. */
  readonly drawing: Drawing
  /** Settings of the relay, beside those that every test has. */
  readonly relaySettings: Readonly<Record<string, string>>
  /** A relay of this test's own, running. */
  readonly relay: RelayProcess
  /** Brings a person with a browser and a network cable of their own. */
  readonly arrive: Arrive
}

export type Arrive = (name: string, options?: Partial<PersonOptions>) => Promise<Person>

export const test = base.extend<Fixtures>({
  drawing: ['canvas', { option: true }],
  relaySettings: [{}, { option: true }],
  relay: async ({ relaySettings }, use, info) => {
    const relay = await RelayProcess.start(relaySettings)
    await use(relay)
    if (info.status !== info.expectedStatus) await info.attach('relay.log', { body: relay.log })
    await relay.dispose()
  },
  arrive: async ({ browser, relay, drawing, serviceWorkers }, use) => {
    const wires: Wire[] = []
    const people: Person[] = []
    await use(async (name, options = {}) => {
      const wire = await Wire.to(() => relay.port)
      wires.push(wire)
      const context = { serviceWorkers, ...options.context }
      const person = await Person.arrive(browser, { name, wire, drawing, ...options, context })
      people.push(person)
      return person
    })
    await Promise.all(people.map(person => person.leave()))
    await Promise.all(wires.map(wire => wire.close()))
    const errors = people.flatMap(person => person.errors.map(error => `${person.name}: ${error}`))
    if (errors.length > 0) throw new Error(`Pages threw:\n${errors.join('\n')}`)
  },
})

export { expect } from '@playwright/test'

import { expect } from 'vitest'
import type { Visitor } from './visitor.ts'

export const TEXT = 'Herons wait at noon'
export const PASSPHRASE = 'Otters swim at dawn'

/** Draws, reloads, sets a lock and opens it: what is on the board has to be there each time. */
export async function keepsABoardBehindALock(person: Visitor): Promise<void> {
  await person.makeBoard()
  await drawLabelled(person)
  await person.hasStatus({ device: 'saved' })
  await person.tab.reload()
  await person.isReady()
  expect(await person.shapes()).toMatchObject([{ type: 'rectangle', text: TEXT }])
  await lockByPassphrase(person)
  await person.tab.reload()
  await person.sees('Your boards are locked')
  await person.fill('Passphrase', PASSPHRASE)
  await person.tab.press('Enter')
  await person.isReady()
  expect(await person.shapes()).toMatchObject([{ type: 'rectangle', text: TEXT }])
}

async function drawLabelled(person: Visitor): Promise<void> {
  await person.draw('r', [
    [300, 200],
    [460, 300],
  ])
  await person.tab.press('Enter')
  await person.tab.type(TEXT)
  await person.tab.press('Escape')
}

async function lockByPassphrase(person: Visitor): Promise<void> {
  await person.click('Menu')
  await person.click('Security…')
  await person.click('Set a passphrase')
  await person.fill('New passphrase', PASSPHRASE)
  await person.fill('The same again', PASSPHRASE)
  await person.click('Set the passphrase')
  await person.click('I have kept it')
  await person.seesNoMore('I have kept it')
}

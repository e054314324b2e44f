/**
 * The client ids that upgrades are written under are below this; those of people are not, but for one in 256 of old
 * versions. Of two values that were written at once Yjs takes the one of the higher id: what a person draws, even offline
 * and with an old version, prevails over the upgrade of what was there before.
 */
export const UPGRADE_IDS = 2 ** 24

export const isUpgradeId = (client: number): boolean => client < UPGRADE_IDS

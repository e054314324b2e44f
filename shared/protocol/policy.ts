import * as v from 'valibot'

/** Where the relay that serves the app says it. */
export const POLICY_PATH = '/app.json'

/** Whether boards on a device must be behind a lock: a passkey or a passphrase. */
export const VAULT_POLICIES = ['optional', 'required'] as const

/** What a deployment asks of every device. */
export const policySchema = v.object({ vault: v.picklist(VAULT_POLICIES) })

export type Policy = v.InferOutput<typeof policySchema>

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { type Finished, finish, infraFile } from './children.ts'

/** What has to be filled in in the example, as somebody could. */
export const FILLED = {
  S3_SECRET_KEY: 'the-secret-of-the-store',
  METRICS_TOKEN: 'the-token-of-Prometheus',
  TURN_SECRET: 'the-secret-of-coturn',
} as const

const texts = v.array(v.string())

/** What every service of ours is to be; more is checked by the tests. */
const serviceSchema = v.object({
  image: v.string(),
  read_only: v.literal(true),
  cap_drop: v.tuple([v.literal('ALL')]),
  cap_add: v.optional(v.array(v.literal('NET_BIND_SERVICE')), []),
  security_opt: v.tuple([v.literal('no-new-privileges:true')]),
  restart: v.literal('unless-stopped'),
  mem_limit: v.string(),
  pids_limit: v.number(),
  stop_grace_period: v.string(),
  tmpfs: texts,
  networks: v.record(v.string(), v.unknown()),
  ports: v.optional(
    v.array(v.object({ published: v.number(), protocol: v.optional(v.string(), 'tcp') })),
    [],
  ),
  environment: v.optional(v.record(v.string(), v.string()), {}),
  command: v.optional(texts, []),
  healthcheck: v.optional(v.object({ test: texts }), { test: [] }),
})

const compositionSchema = v.object({
  services: v.record(v.string(), serviceSchema),
  networks: v.record(v.string(), v.object({ internal: v.optional(v.boolean(), false) })),
})

export type Composition = v.InferOutput<typeof compositionSchema>

/**
 * What docker-compose makes of the file with the settings of the example, some of them changed. It is version 1.29,
 * Debian's, which needs no engine for this.
 */
export async function compose(folder: string, settings: Readonly<Record<string, string>>): Promise<Finished> {
  const example = infraFile('compose.env.example')
  const filled = Object.entries(settings).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    example,
  )
  const file = join(folder, 'compose.env')
  await writeFile(file, filled)
  return finish('docker-compose', ['--env-file', file, '-f', 'infra/compose.yaml', 'config'])
}

/** The file as it runs once the example is filled in. Throws when it breaks a rule of the schema above. */
export async function composition(folder: string): Promise<Composition> {
  const { code, output } = await compose(folder, FILLED)
  if (code !== 0) throw new Error(output)
  const file = join(folder, 'compose.yaml')
  await writeFile(file, output)
  // docker-compose brings Python and its reader of YAML with it.
  const program = 'import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)'
  const read = await finish('python3', ['-c', program, file])
  return v.parse(compositionSchema, JSON.parse(read.output))
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { makeBase } from './base-image.ts'
import { Child, type Finished, finish } from './children.ts'

const textList = v.array(v.string())

const inspectionSchema = v.object({
  Docker: v.object({
    config: v.object({
      User: v.string(),
      Env: textList,
      Cmd: textList,
      WorkingDir: v.string(),
      StopSignal: v.string(),
      Volumes: v.record(v.string(), v.unknown()),
      Healthcheck: v.object({ Test: textList }),
    }),
  }),
})

export type ImageConfig = v.InferOutput<typeof inspectionSchema>['Docker']['config']

/** The image of infra/Dockerfile, built by buildah, which needs no engine. */
export class Image {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async build(): Promise<Finished> {
    await makeBase(join(this.#folder, 'base/root'))
    await writeFile(join(this.#folder, 'base/Dockerfile'), 'FROM scratch\nCOPY root/ /\n')
    await this.#buildah('build', '--quiet', '--tag=driftboard-base', join(this.#folder, 'base'))
    const { output: cache } = await finish('npm', ['config', 'get', 'cache'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await mkdir(cache.trim(), { recursive: true })
    return this.#buildah(
      'build',
      '--format=docker',
      '--pull-never',
      '--file=infra/Dockerfile',
      '--ignorefile=.dockerignore',
      '--build-arg=NODE_IMAGE=localhost/driftboard-base',
      `--volume=${cache.trim()}:/root/.npm`,
      '--tag=driftboard',
      '.',
    )
  }

  async config(): Promise<ImageConfig> {
    const { output } = await this.#buildah('inspect', '--type=image', 'driftboard')
    return v.parse(inspectionSchema, JSON.parse(output)).Docker.config
  }

  /** The root of a new container. */
  async mount(): Promise<string> {
    const { output: container } = await this.#buildah('from', '--pull-never', 'driftboard')
    const { output: root } = await this.#buildah('mount', container.trim())
    return root.trim()
  }

  /** Lets go of all containers and images. */
  async remove(): Promise<void> {
    await this.#buildah('rm', '--all')
    await this.#buildah('rmi', '--all', '--force')
  }

  async #buildah(verb: string, ...args: string[]): Promise<Finished> {
    const stores = [
      `--root=${this.#folder}/store`,
      `--runroot=${this.#folder}/run`,
      '--storage-driver=overlay',
    ]
    const isolation = verb === 'build' ? ['--isolation=chroot'] : []
    const done = await finish('buildah', [...stores, verb, ...isolation, ...args])
    if (done.code !== 0) throw new Error(`buildah ${verb}: ${done.output}`)
    return done
  }
}

/**
 * As an engine would start it: its command as its user, in a root that nothing can be written to but its volume and a
 * small /tmp, as the first process of its own.
 */
export function runContainer(
  root: string,
  volume: string,
  config: ImageConfig,
  settings: readonly string[],
): Child {
  const script = `
    set -e
    mount --bind "$ROOT" "$ROOT"
    mount -o remount,bind,ro "$ROOT"
    mount -t proc proc "$ROOT/proc"
    mount -t tmpfs -o size=16m,mode=1777 tmpfs "$ROOT/tmp"
    mount --rbind /dev "$ROOT/dev"
    mount --bind "$VOLUME" "$ROOT/data"
    exec "$@"`
  return new Child(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      script,
      'sh',
      ...inside(root, config, config.Cmd, settings),
    ],
    { env: { ...process.env, ROOT: root, VOLUME: volume } },
  )
}

/** The health check of the image, in the container. */
export function checkHealth(
  root: string,
  config: ImageConfig,
  settings: readonly string[],
): Promise<Finished> {
  const [kind, ...command] = config.Healthcheck.Test
  if (kind !== 'CMD') throw new Error(`A health check of kind ${kind} is not known here.`)
  const [program = '', ...args] = inside(root, config, command, settings)
  return finish(program, args)
}

/** A command that runs another with the user, the environment and the folder of the image, and no other. */
function inside(
  root: string,
  config: ImageConfig,
  command: readonly string[],
  settings: readonly string[],
): string[] {
  const shell = `cd '${config.WorkingDir}' && exec "$@"`
  return [
    ...['chroot', `--userspec=${config.User}`, '--groups=', root],
    ...['/usr/bin/env', '-i', ...config.Env, ...settings],
    ...['/bin/sh', '-c', shell, 'sh', ...command],
  ]
}

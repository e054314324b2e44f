import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finish } from './children.ts'

/** Programs of this machine that the build calls, and what the relay runs on. */
const PROGRAMS = ['sh', 'node', 'env', 'uname', 'mkdir', 'chown', 'rm', 'cp', 'ls', 'id', 'cat'] as const

/** Libraries that are loaded at run time: by the bundler's native part, and to look up names. */
const LIBRARIES = ['librt.so.1', 'libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2'] as const

const PASSWD = 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n'

/**
 * A folder with as much of this machine as the base image of infra/Dockerfile has to have: glibc, a shell, this Node and
 * npm. It stands in for that image where no registry can be reached.
 */
export async function makeBase(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const path of [
    'usr/bin',
    'usr/sbin',
    'usr/lib',
    'usr/lib64',
    'usr/local/bin',
    'usr/local/lib',
    'etc/ssl/certs',
    'root',
  ]) {
    await mkdir(join(folder, path), { recursive: true })
  }
  for (const path of ['tmp', 'proc', 'dev', 'sys', 'run', 'var/tmp', 'home/node']) {
    await mkdir(join(folder, path), { recursive: true, mode: 0o777 })
  }
  for (const path of ['bin', 'lib', 'lib64', 'sbin']) await symlink(`usr/${path}`, join(folder, path))
  for (const name of PROGRAMS) await copyProgram(name, folder)
  for (const name of LIBRARIES) await copyInto(folder, await libraryPath(name))
  await copyNpm(folder)
  await writeFile(join(folder, 'etc/passwd'), PASSWD)
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nnode:x:1000:\n')
  await writeFile(join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n')
  // Of packages that this machine has had before, npm need not ask again.
  await writeFile(join(folder, 'root/.npmrc'), 'prefer-offline=true\n')
  await copyInto(
    folder,
    process.env.NODE_EXTRA_CA_CERTS ?? '/etc/ssl/certs/ca-certificates.crt',
    '/etc/ssl/certs/ca-certificates.crt',
  )
}

async function copyProgram(name: string, folder: string): Promise<void> {
  const { output: path } = await finish('readlink', ['-f', await which(name)])
  await copyInto(folder, path.trim(), `/usr/bin/${name}`)
  const { output: libraries } = await finish('ldd', [path.trim()])
  for (const [library] of libraries.matchAll(/\/\S+/g)) await copyInto(folder, library)
}

async function copyNpm(folder: string): Promise<void> {
  const { output: cli } = await finish('readlink', ['-f', await which('npm')])
  const npm = join(dirname(cli.trim()), '..')
  await cp(npm, join(folder, 'usr/local/lib/npm'), { recursive: true })
  await symlink('../lib/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm'))
}

/** What a name means to a shell. */
async function which(name: string): Promise<string> {
  const { code, output } = await finish('sh', ['-c', 'command -v "$0"', name])
  if (code !== 0) throw new Error(`${name} is not on the PATH.`)
  return output.trim()
}

async function libraryPath(name: string): Promise<string> {
  const { output } = await finish('ldconfig', ['-p'])
  const path = new RegExp(`^\\s*${name.replaceAll('.', '\\.')} .*x86-64.* => (\\S+)$`, 'm').exec(output)?.[1]
  if (!path) throw new Error(`ldconfig knows no ${name}.`)
  return path
}

/** Copies what a file is, not a link to it, to the same place below a folder. */
async function copyInto(folder: string, path: string, to = path): Promise<void> {
  await mkdir(dirname(join(folder, to)), { recursive: true })
  await cp(path, join(folder, to), { dereference: true })
}

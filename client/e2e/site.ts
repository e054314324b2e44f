import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BUILT = process.env.CLIENT_DIR ?? new URL('../../dist/client', import.meta.url).pathname

/** A copy of the built client that a test can bring out in new versions. */
export class Site {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** The files that the pages of the built client may ask for. */
  static async builtFiles(): Promise<readonly string[]> {
    const all = await readdir(BUILT, { recursive: true })
    return all.filter(
      path => /\.(js|css|html|svg|png|woff2|wasm)$/.test(path) && !/^(sw|workbox-\w+)\.js$/.test(path),
    )
  }

  static async copy(): Promise<Site> {
    const folder = await mkdtemp(join(tmpdir(), 'driftboard-site-'))
    await cp(BUILT, folder, { recursive: true })
    return new Site(folder)
  }

  /**
   * Brings out a version whose pages say `version` in their `data-version`, and whose menus are a file of another name, as
   * changed code is. Relays read the site when they start.
   */
  async publish(version: string): Promise<void> {
    const assets = await readdir(join(this.folder, 'assets'))
    const menus = assets.find(name => /^controls-[\w-]+\.js$/.test(name))
    if (!menus) throw new Error(`${BUILT} has no script of client/app/ui/controls.ts.`)
    const next = `controls-${version.padEnd(8, '0')}.js`
    await rename(join(this.folder, 'assets', menus), join(this.folder, 'assets', next))
    const users = await this.#scriptsThatName(menus)
    for (const file of users) await this.#change(file, text => text.replaceAll(menus, next))
    await this.#change('index.html', text =>
      text.replace(/<html lang="en"[^>]*>/, `<html lang="en" data-version="${version}">`),
    )
    // What has changed has another name, or another revision, in the list of what is kept.
    await this.#change('sw.js', text =>
      ['index.html', ...users].reduce(
        (list, file) => list.replace(new RegExp(`(${file}",revision:)(?:null|"[^"]*")`), `$1"${version}"`),
        text.replace(menus, next),
      ),
    )
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  async #scriptsThatName(name: string): Promise<readonly string[]> {
    const scripts = (await readdir(join(this.folder, 'assets'))).filter(file => file.endsWith('.js'))
    const texts = await Promise.all(scripts.map(file => readFile(join(this.folder, 'assets', file), 'utf8')))
    return scripts.filter((_, i) => texts[i]?.includes(name)).map(file => `assets/${file}`)
  }

  async #change(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file)
    const before = await readFile(path, 'utf8')
    const after = change(before)
    if (after === before) throw new Error(`${file} would be the same in the next version.`)
    await writeFile(path, after)
    for (const suffix of ['.br', '.gz']) await rm(path + suffix, { force: true })
  }
}

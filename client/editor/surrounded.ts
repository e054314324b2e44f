import type { Surroundings } from './actions.ts'

/** Holds what lies around an editor. */
export class Surrounded implements Surroundings {
  readonly clipboard: Surroundings['clipboard']
  readonly images: Surroundings['images']
  readonly panels: Surroundings['panels']
  readonly pages: Surroundings['pages']
  readonly linkTo: Surroundings['linkTo']
  readonly exporter: Surroundings['exporter']
  readonly library: Surroundings['library']

  constructor(around: Partial<Surroundings>) {
    this.clipboard = around.clipboard
    this.images = around.images
    this.panels = around.panels
    this.pages = around.pages
    this.linkTo = around.linkTo
    this.exporter = around.exporter
    this.library = around.library
  }
}

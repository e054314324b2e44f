import { css } from 'lit'
import { BOLD, STRIKE } from '../../render/font-css.ts'
import { base, panel } from '../ui/styles.ts'

const letters = css`
  .text {
    position: absolute;
    top: 0;
    left: 0;
    transform-origin: 0 0;
    box-sizing: border-box;
    outline: 0;
    overflow: hidden;
    pointer-events: auto;
    font-kerning: normal;
    font-weight: 400;
    overflow-wrap: anywhere;
    cursor: text;
    user-select: text;
    -webkit-user-select: text;
  }
  .bold {
    font-weight: ${BOLD};
  }
  .italic {
    font-style: italic;
  }
  .strike {
    text-decoration: line-through;
    text-decoration-thickness: ${STRIKE.thickness}em;
  }
  .bar {
    position: absolute;
    padding: 2px;
    pointer-events: auto;
  }
`

export const textEditorStyles = [
  base,
  panel,
  css`
    :host {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
    }
  `,
  letters,
]

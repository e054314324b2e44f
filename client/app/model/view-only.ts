/** Why a board cannot be changed by who came by a link to look at it. */
export const VIEW_ONLY = 'You can look at this board, not change it.'

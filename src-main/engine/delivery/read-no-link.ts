import { constants } from 'node:fs'

/** How a file in a folder of others is opened: a link put in its place is refused with ELOOP. Windows has no such flag; there a link needs an administrator. */
export const READ_NO_LINK = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

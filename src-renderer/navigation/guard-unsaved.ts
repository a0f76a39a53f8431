import { reportUnsaved } from '../client/client'
import { guardLeaving } from './navigation'

/** Sets whether Ledgerdrop asks for confirmation before the user leaves the screen or quits the program. */
export function guardUnsaved(isOn: boolean): void {
  guardLeaving(isOn)
  reportUnsaved(isOn)
}

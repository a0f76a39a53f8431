import { reportUnsaved } from '../client/client'
import { guardLeaving } from './navigation'

/** While on, Ledgerdrop asks before the user leaves the page or quits the program. */
export function guardUnsaved(isOn: boolean): void {
  guardLeaving(isOn)
  reportUnsaved(isOn)
}

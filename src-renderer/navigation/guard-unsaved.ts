import { reportUnsaved } from '../client/client'
import { guardLeaving } from './navigation'

/** While on, leaving the page and ending the program are asked about first. */
export function guardUnsaved(isOn: boolean): void {
  guardLeaving(isOn)
  reportUnsaved(isOn)
}

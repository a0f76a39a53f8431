import { Screen } from '../widgets/screen'

/** Placeholder. */
export function HelpScreen() {
  return <Screen title="HelpScreen">x</Screen>
}

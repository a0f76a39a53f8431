import { Screen } from '../widgets/screen'

/** Placeholder. */
export function SettingsScreen() {
  return <Screen title="SettingsScreen">x</Screen>
}

import { Screen } from '../widgets/screen'

/** Placeholder. */
export function SyncSettingsScreen() {
  return <Screen title="SyncSettingsScreen">x</Screen>
}

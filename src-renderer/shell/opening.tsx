import { Loader } from '@mantine/core'
import { shellText } from '../text/shell-text'
import { useAfter } from '../widgets/use-after'

/** A usual start is over before this. */
const SHOW_AFTER_MS = 1000

/** Fills the window until the engine has opened the workspace: nothing at first, then what takes so long. */
export function Opening() {
  const isShown = useAfter(SHOW_AFTER_MS)
  if (!isShown) return null
  return (
    <main className="engine-stopped" role="status">
      <Loader size="sm" />
      <p>
        <strong>{shellText.opening.now}</strong>
      </p>
      <p className="soft">{shellText.opening.hint}</p>
    </main>
  )
}

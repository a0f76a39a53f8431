import { dayText } from '../text/dates'
import { storesText } from '../text/stores-text'
import type { StatusRow, StoreDraft } from './store-draft'
import type { StoreForm } from './use-store-form'

/** From which date orders are read, in a few words. */
export function startSummary({ source, draft }: Pick<StoreForm, 'source' | 'draft'>): string {
  const text = storesText.start
  if (source?.store) return text.summarySaved(source.store.readFrom)
  return draft.isSince && draft.sinceDay !== ''
    ? text.summarySince(dayText(`${draft.sinceDay}T00:00:00`), draft.isPastSent)
    : text.summaryNow
}

/** Which statuses are sent, and how many nobody has decided about. */
export function statusSummary(rows: readonly StatusRow[]): string {
  const text = storesText.statuses
  const undecided = rows.filter(({ meaning }) => meaning === null).length
  if (undecided > 0) return text.summaryUndecided(undecided)
  const sent = rows.filter(({ meaning }) => meaning === 'Pending').map(({ title }) => title)
  return sent.length === 0 ? text.summaryNone : text.summary(sent)
}

/** What is written back, in a few words. */
export function writeBackSummary({ writeBack, hasMark }: StoreDraft): string {
  const { summary, summaryOff } = storesText.writeBack
  const parts = [
    ...(writeBack.note ? [summary.note] : []),
    ...(hasMark ? [summary.mark] : []),
    ...(Object.keys(writeBack.statuses).length > 0 ? [summary.statuses] : []),
    ...(writeBack.tracking ? [summary.tracking] : []),
  ]
  return parts.length === 0 ? summaryOff : parts.join(', ')
}

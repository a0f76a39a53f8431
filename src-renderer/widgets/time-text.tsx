import { agoText, dateTimeText, exactTimeText, relativeText } from '../text/dates'
import { useNow } from './now'

/** Local date and time, with the exact time as a tooltip. */
export function TimeText({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {dateTimeText(at)}
    </time>
  )
}

/** `3 minutes ago`, updated as time passes, with the exact time as a tooltip. */
export function AgoText({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {agoText(at, now)}
    </time>
  )
}

/** `in 2 minutes`, updated as time passes, with the exact time as a tooltip. */
export function UntilText({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {relativeText(at, now)}
    </time>
  )
}

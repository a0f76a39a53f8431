import { agoText, dateTimeText, exactTimeText, relativeText } from '../text/dates'
import { useNow } from './now'

/** Local date and time; the exact time as title. */
export function TimeText({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {dateTimeText(at)}
    </time>
  )
}

/** `3 minutes ago`, kept fresh; the exact time as title. */
export function AgoText({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {agoText(at, now)}
    </time>
  )
}

/** `in 2 minutes`, kept fresh; the exact time as title. */
export function UntilText({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTimeText(at)}>
      {relativeText(at, now)}
    </time>
  )
}

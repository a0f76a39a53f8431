import { diffWordsWithSpace } from 'diff'
import { useMemo, useState } from 'react'
import type { FieldChange } from '../../src-shared/contract/contract'
import { orderDetailsText } from '../text/order-details-text'
import { TableHead } from '../widgets/table-head'

const text = orderDetailsText.timeline
const FIRST_SHOWN = 12
/** Beyond this, old and new stand beside each other as they are: comparing words would take too long and help nobody. */
const MAX_COMPARED = 4000

interface Part {
  value: string
  isOther: boolean
}

/** A text with what differs from the other one marked, by a line as well as by colour, and in words for screen readers. */
function Marked({ parts, tag: Tag, word }: { parts: Part[]; tag: 'del' | 'ins'; word: string }) {
  if (parts.every(({ value }) => value === '')) return <span className="soft">{text.empty}</span>
  return (
    <bdi className="outside change-text">
      {parts.map(({ value, isOther }, index) =>
        isOther ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
          <Tag key={index}>
            <span className="hidden-words">{word}</span>
            {value}
          </Tag>
        ) : (
          value
        ),
      )}
    </bdi>
  )
}

function partsOf({ before, after, isKept }: FieldChange): { before: Part[]; after: Part[] } {
  const isLong = before.length + after.length > MAX_COMPARED
  const parts = isKept || before === '' || after === '' || isLong ? [] : diffWordsWithSpace(before, after)
  const sameLength = parts.reduce((sum, { value, added, removed }) => (added || removed ? sum : sum + value.trim().length), 0)
  // Texts with little in common are marked as a whole, not word by word.
  if (sameLength * 2 < Math.min(before.length, after.length) || sameLength === 0) {
    return { before: [{ value: before, isOther: !isKept && before !== '' }], after: [{ value: after, isOther: !isKept && after !== '' }] }
  }
  return {
    before: parts.filter(({ added }) => !added).map(({ value, removed }) => ({ value, isOther: removed })),
    after: parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ value, isOther: added })),
  }
}

function Change({ change }: { change: FieldChange }) {
  const { before, after } = useMemo(() => partsOf(change), [change])
  return (
    <tr>
      <th scope="row">{change.field}</th>
      <td data-side="before">
        {change.isKept && <strong>{text.kept}</strong>}
        <Marked parts={before} tag="del" word={text.removed} />
      </td>
      <td data-side="after">
        {change.isKept && <strong>{text.storeSays}</strong>}
        <Marked parts={after} tag="ins" word={text.added} />
      </td>
    </tr>
  )
}

/** What an edit or a newer document changed: old and new beside each other, a row per field. */
export function TimelineChanges({ changes }: { changes: FieldChange[] }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? changes : changes.slice(0, FIRST_SHOWN)
  return (
    <>
      <table className="changes" aria-label={text.changes}>
        <TableHead columns={[text.field, text.before, text.after]} />
        <tbody>
          {shown.map((change) => (
            <Change key={change.field + String(change.isKept)} change={change} />
          ))}
        </tbody>
      </table>
      {shown.length < changes.length && (
        <button type="button" className="link-button small" onClick={() => setWhole(true)}>
          {text.showAll(changes.length)}
        </button>
      )}
    </>
  )
}

import { diffWordsWithSpace } from 'diff'
import { useMemo, useState } from 'react'
import type { FieldChange } from '../../src-shared/contract/contract'
import { orderDetailsText } from '../text/order-details-text'
import { TableHead } from '../widgets/table-head'

const text = orderDetailsText.timeline
const INITIAL_ROWS = 12
/** The maximum total length of two texts that are compared word by word. Comparing longer texts would take too long. */
const MAX_COMPARED_CHARACTERS = 4000

interface DiffPart {
  value: string
  isChanged: boolean
}

/** A text with its changes marked by colour and by a line, and by a word for screen readers. */
function Marked({ parts, tag: Tag, word }: { parts: DiffPart[]; tag: 'del' | 'ins'; word: string }) {
  if (parts.every(({ value }) => value === '')) return <span className="soft">{text.empty}</span>
  return (
    <bdi className="outside change-text">
      {parts.map(({ value, isChanged }, index) =>
        isChanged ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts never change their position
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

function diffParts({ before, after, isKept }: FieldChange): { before: DiffPart[]; after: DiffPart[] } {
  const isLong = before.length + after.length > MAX_COMPARED_CHARACTERS
  const parts = isKept || before === '' || after === '' || isLong ? [] : diffWordsWithSpace(before, after)
  const sameLength = parts.reduce((sum, { value, added, removed }) => (added || removed ? sum : sum + value.trim().length), 0)
  // Texts with little in common are marked as a whole, not word by word.
  if (sameLength * 2 < Math.min(before.length, after.length) || sameLength === 0) {
    return {
      before: [{ value: before, isChanged: !isKept && before !== '' }],
      after: [{ value: after, isChanged: !isKept && after !== '' }],
    }
  }
  return {
    before: parts.filter(({ added }) => !added).map(({ value, removed }) => ({ value, isChanged: removed })),
    after: parts.filter(({ removed }) => !removed).map(({ value, added }) => ({ value, isChanged: added })),
  }
}

function Change({ change }: { change: FieldChange }) {
  const { before, after } = useMemo(() => diffParts(change), [change])
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

/** The changes made by an edit or by a newer document: a row per field, with the old and the new value. */
export function TimelineChanges({ changes }: { changes: FieldChange[] }) {
  const [isExpanded, setExpanded] = useState(false)
  const shown = isExpanded ? changes : changes.slice(0, INITIAL_ROWS)
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
        <button type="button" className="link-button small" onClick={() => setExpanded(true)}>
          {text.showAll(changes.length)}
        </button>
      )}
    </>
  )
}

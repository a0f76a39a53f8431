import { NativeSelect } from '@mantine/core'
import { STATUS_MEANINGS } from '../../src-shared/stores'
import { LOCALE } from '../text/dates'
import { storesText } from '../text/stores-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { TableHead } from '../widgets/table-head'
import type { StatusRow } from './store-draft'
import type { StoreForm } from './use-store-form'

const text = storesText.statuses
const MEANINGS = STATUS_MEANINGS.map((value) => ({ value: value as string, label: text.meanings[value] as string }))
const UNDECIDED = { value: '', label: text.choose }

function Row({ row, form }: { row: StatusRow; form: StoreForm }) {
  const { status, title, count, meaning } = row
  const { draft, change } = form
  const choose = (chosen: string) => {
    const found = STATUS_MEANINGS.find((one) => one === chosen)
    const { [status]: _former, ...others } = draft.statuses
    change({ statuses: found === undefined ? others : { ...others, [status]: found } })
  }
  return (
    <tr data-undecided={meaning === null || undefined}>
      <th scope="row">
        <ExternalText text={title} lines="1" />
        {meaning === null && <span className="small store-undecided">{text.undecided}</span>}
      </th>
      <td className="store-count">{count === null ? '' : count.toLocaleString(LOCALE)}</td>
      <td>
        <NativeSelect
          aria-label={text.meaningOf(title)}
          data={meaning === null ? [UNDECIDED, ...MEANINGS] : MEANINGS}
          value={meaning ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </td>
    </tr>
  )
}

/** What each status of the store means here. */
export function StatusSection({ form }: { form: StoreForm }) {
  const { facts, rows } = form
  const undecided = rows.filter(({ meaning }) => meaning === null).length
  return (
    <>
      <p className="soft small no-margin">{facts === null ? `${text.hint} ${text.testHint}` : text.hint}</p>
      {undecided > 0 && (
        <Notice tone="caution">
          <p>{text.undecidedCount(undecided)}</p>
        </Notice>
      )}
      <table className="store-statuses" aria-label={text.table}>
        <TableHead columns={[text.status, text.count, text.meaning]} />
        <tbody>
          {rows.map((row) => (
            <Row key={row.status} row={row} form={form} />
          ))}
        </tbody>
      </table>
    </>
  )
}

import { TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import type { CodeKind } from '../../src-shared/contract/contract'
import { useLiveQuery } from '../client/use-live-query'
import { codesText } from '../text/codes-text'
import { ExternalText } from '../widgets/external-text'
import { FormDialog } from '../widgets/form-dialog'
import { addAlias } from './code-aliases'

const text = codesText.use
const TYPING_PAUSE_MS = 200
const MAX_SUGGESTIONS = 20

/** A customer or product in the web store for which no code is known yet. */
export interface MissingCode {
  kind: CodeKind
  /** The alias to assign to a code: an email address, `id:52` or a SKU. */
  alias: string
  /** The customer's or product's name, used as the code's name if the code is new. */
  name: string
}

/** Assigns a code to a customer or product in the web store, for this order and future ones. */
export function AssignCodeDialog({ missing, onDone, onClose }: { missing: MissingCode; onDone: () => void; onClose: () => void }) {
  const { kind, alias, name } = missing
  const [code, setCode] = useState('')
  const query = { kind, search: code.trim(), limit: MAX_SUGGESTIONS }
  const suggestions = useLiveQuery('codes.list', query, { delayMs: TYPING_PAUSE_MS }).value?.rows ?? []
  const listId = useId()

  return (
    <FormDialog
      title={text.title[kind]}
      cancel={text.cancel}
      action={text.use}
      successMessage={text.used(alias, code.trim())}
      isDisabled={code.trim() === ''}
      onSubmit={() => addAlias(kind, code, name, alias)}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        {text.before[kind]}
        <strong>
          <ExternalText text={alias} />
        </strong>
        {text.after[kind]}
      </p>
      <TextInput
        label={text.code[kind]}
        description={text.codeHelp}
        data-autofocus
        list={listId}
        maxLength={100}
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <datalist id={listId}>
        {suggestions.map((row) => (
          <option key={row.code} value={row.code}>
            {row.name}
          </option>
        ))}
      </datalist>
    </FormDialog>
  )
}

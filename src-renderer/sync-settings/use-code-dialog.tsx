import { TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import type { CodeKind } from '../../src-shared/contract/contract'
import { useLiveAnswer } from '../client/use-live-answer'
import { codesText } from '../text/codes-text'
import { FormDialog } from '../widgets/form-dialog'
import { OutsideText } from '../widgets/outside-text'
import { addAlias } from './code-aliases'

const text = codesText.use
const TYPING_PAUSE_MS = 200
const MAX_SUGGESTIONS = 20

/** What a store calls a customer or a product that has no code yet. */
export interface Nameless {
  kind: CodeKind
  /** What stands for the code from now on: an e-mail, `id:52`, a SKU. */
  alias: string
  /** The customer's or product's name, for a code that is new. */
  name: string
}

/** Gives a customer or product of the store its code, for this order and those to come. */
export function UseCodeDialog({ nameless, onDone, onClose }: { nameless: Nameless; onDone: () => void; onClose: () => void }) {
  const { kind, alias, name } = nameless
  const [code, setCode] = useState('')
  const typed = { kind, search: code.trim(), limit: MAX_SUGGESTIONS }
  const suggestions = useLiveAnswer('codes.list', typed, { afterMs: TYPING_PAUSE_MS }).value?.rows ?? []
  const list = useId()

  return (
    <FormDialog
      title={text.title[kind]}
      cancel={text.cancel}
      action={text.use}
      done={text.used(alias, code.trim())}
      isDisabled={code.trim() === ''}
      onSubmit={() => addAlias(kind, code, name, alias)}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        {text.before[kind]}
        <strong>
          <OutsideText text={alias} />
        </strong>
        {text.after[kind]}
      </p>
      <TextInput
        label={text.code[kind]}
        description={text.codeHelp}
        data-autofocus
        list={list}
        maxLength={100}
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <datalist id={list}>
        {suggestions.map((row) => (
          <option key={row.code} value={row.code}>
            {row.name}
          </option>
        ))}
      </datalist>
    </FormDialog>
  )
}

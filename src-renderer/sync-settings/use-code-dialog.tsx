import { Modal, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { CodeKind, CodeRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { codesText } from '../text/codes-text'
import { DialogActions } from '../widgets/dialog-actions'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { addAlias } from './code-aliases'

const text = codesText.use
const ASK_AFTER_MS = 200
const MOST_SUGGESTIONS = 20

/** What a store calls a customer or a product that has no code yet. */
export interface Nameless {
  kind: CodeKind
  /** What stands for the code from now on: an e-mail, `id:52`, a SKU. */
  alias: string
  /** The customer's or product's name, for a code that is new. */
  name: string
}

/** Codes that begin with what is typed. */
function useSuggestions(kind: CodeKind, typed: string): CodeRow[] {
  const [rows, setRows] = useState<CodeRow[]>([])
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(async () => {
      const result = await call('codes.list', { kind, search: typed.trim(), limit: MOST_SUGGESTIONS })
      if (isWanted && result.ok) setRows(result.value.rows)
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [kind, typed])
  return rows
}

/** Gives a customer or product of the store its code, for this order and those to come. */
export function UseCodeDialog({ nameless, onDone, onClose }: { nameless: Nameless; onDone: () => void; onClose: () => void }) {
  const { kind, alias, name } = nameless
  const [code, setCode] = useState('')
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const suggestions = useSuggestions(kind, code)
  const list = useId()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() === '') return
    setSaving(true)
    const refusal = await addAlias(kind, code, name, alias)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    notifyDone(text.used(alias, code.trim()))
    onDone()
  }

  return (
    <Modal opened onClose={onClose} title={text.title[kind]}>
      <form className="dialog" onSubmit={submit}>
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
        <DialogActions
          failure={failure}
          cancel={text.cancel}
          action={text.use}
          isBusy={isSaving}
          isDisabled={code.trim() === ''}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}

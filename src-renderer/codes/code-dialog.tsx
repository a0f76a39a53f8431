import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CodeKind, CodeRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { tellDone } from '../shell/tell'
import { FailureNotice } from '../widgets/notice'
import { findCode, saveCode } from './codes-store'

const ALIAS_HELP: Readonly<Record<CodeKind, string>> = {
  customer:
    "What your stores call this customer, one on each line: an e-mail address, or id: and the store's customer number, such as id:52. Each belongs to one code: it is taken from another that had it.",
  product: 'What your stores call this product (SKU), one on each line. Each belongs to one code: it is taken from another that had it.',
}

interface CodeDialogProps {
  kind: CodeKind
  /** Null: a new code. */
  row: CodeRow | null
  onClose: () => void
}

/** Adds a code or changes its name and what the stores call it. */
export function CodeDialog({ kind, row, onClose }: CodeDialogProps) {
  const [code, setCode] = useState(row?.code ?? '')
  const [name, setName] = useState(row?.name ?? '')
  const [aliases, setAliases] = useState((row?.aliases ?? []).join('\n'))
  const [fault, setFault] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const whyNot = async (): Promise<string | null> => {
    if (code.trim() === '') return 'Give the code.'
    if (row !== null) return null
    const found = await findCode(kind, code)
    if (!found.ok) {
      setFailure(found.error)
      return ''
    }
    return found.value === null ? null : `${found.value.code} is there already: edit it in the list.`
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setFailure(null)
    const reason = await whyNot()
    setFault(reason)
    if (reason === null) {
      const lines = aliases.split('\n').map((line) => line.trim())
      const refusal = await saveCode(kind, { code: code.trim(), name: name.trim(), aliases: lines.filter((line) => line !== '') })
      setFailure(refusal)
      if (refusal === null) {
        tellDone(`${code.trim()} saved.`)
        onClose()
      }
    }
    setSaving(false)
  }

  return (
    <Modal opened onClose={onClose} title={row === null ? `Add a ${kind} code` : `Edit ${row.code}`}>
      <form className="dialog" onSubmit={submit} noValidate>
        <TextInput
          label="Code"
          description={row === null ? 'Exactly as the accounting package has it.' : undefined}
          data-autofocus={row === null}
          readOnly={row !== null}
          maxLength={100}
          spellCheck={false}
          value={code}
          error={fault === '' ? null : fault}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          data-autofocus={row !== null}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Also known as"
          description={ALIAS_HELP[kind]}
          spellCheck={false}
          rows={4}
          value={aliases}
          onChange={(event) => setAliases(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** Asks before a code is removed. */
export function RemoveCodeDialog({
  kind,
  row,
  onRemove,
  onClose,
}: CodeDialogProps & { row: CodeRow; onRemove: () => Promise<Failure | null> }) {
  const [isRemoving, setRemoving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const remove = async () => {
    setRemoving(true)
    const refusal = await onRemove()
    setRemoving(false)
    setFailure(refusal)
    if (refusal !== null) return
    tellDone(`${row.code} removed.`)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={`Remove ${row.code}?`}>
      <div className="dialog">
        <p>
          The {kind} code and what the stores call it are removed from this list. Orders keep the codes that they have; new orders no longer
          find this one by itself. It comes back when the accounting package's list has it.
        </p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button color="red.9" loading={isRemoving} onClick={remove}>
            Remove
          </Button>
        </div>
      </div>
    </Modal>
  )
}

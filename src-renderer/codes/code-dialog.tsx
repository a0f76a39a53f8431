import { Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CodeKind, CodeRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { findCode } from '../sync-settings/code-aliases'
import { codesText } from '../text/codes-text'
import { DialogActions } from '../widgets/dialog-actions'
import { notifyDone } from '../widgets/notify'
import { saveCode } from './codes-store'

const text = codesText.dialog

interface CodeDialogProps {
  kind: CodeKind
  /** Null for a new code. */
  row: CodeRow | null
  onClose: () => void
}

/** The help text of the Code field. */
function codeHelp(row: CodeRow | null): string {
  if (row === null) return text.codeHelp
  return row.isListed ? text.renameHelp : `${text.notListedHelp} ${text.renameHelp}`
}

/** A dialog that adds a code, or changes its name, its aliases or the code itself. */
export function CodeDialog({ kind, row, onClose }: CodeDialogProps) {
  const [code, setCode] = useState(row?.code ?? '')
  const [name, setName] = useState(row?.name ?? '')
  const [aliases, setAliases] = useState((row?.aliases ?? []).join('\n'))
  const [codeError, setCodeError] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  /** Returns an error message for the Code field, null if the code is valid, or '' if checking it failed. */
  const findCodeError = async (): Promise<string | null> => {
    if (code.trim() === '') return text.codeMissing
    // When an existing code is renamed, the engine checks whether the new code is taken.
    if (row !== null) return null
    const found = await findCode(kind, code)
    if (!found.ok) {
      setFailure(found.error)
      return ''
    }
    return found.value === null ? null : text.codeTaken(found.value.code)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setFailure(null)
    const reason = await findCodeError()
    setCodeError(reason)
    if (reason === null) {
      const lines = aliases.split('\n').map((line) => line.trim())
      const input = { code: code.trim(), name: name.trim(), aliases: lines.filter((line) => line !== '') }
      const error = await saveCode(kind, row === null ? input : { ...input, was: row.code })
      if (error?.code === 'code-taken') setCodeError(`${error.message} ${error.remedy}`)
      else setFailure(error)
      if (error === null) {
        notifyDone(text.saved(code.trim()))
        onClose()
      }
    }
    setSaving(false)
  }

  return (
    <Modal opened onClose={onClose} title={row === null ? text.addTitle(kind) : text.editTitle(row.code)}>
      <form className="dialog" onSubmit={submit} noValidate>
        <TextInput
          label={text.code}
          description={codeHelp(row)}
          data-autofocus={row === null}
          maxLength={100}
          spellCheck={false}
          value={code}
          error={codeError === '' ? null : codeError}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          label={text.name}
          data-autofocus={row !== null}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={text.aliases}
          description={text.aliasesHelp[kind]}
          spellCheck={false}
          rows={4}
          value={aliases}
          onChange={(event) => setAliases(event.currentTarget.value)}
        />
        <DialogActions failure={failure} cancel={text.cancel} action={text.save} isBusy={isSaving} onCancel={onClose} />
      </form>
    </Modal>
  )
}

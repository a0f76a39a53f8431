import { Button, Modal, Textarea } from '@mantine/core'
import { IconClipboardList } from '@tabler/icons-react'
import { useState } from 'react'
import { type AppliedFieldList, applyFieldList } from '../../src-shared/profiles/field-list'
import type { AttacheSettings } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { DialogActions } from '../widgets/dialog-actions'
import { Notice } from '../widgets/notice'

const text = destinationText.fieldList

const FINDINGS = ['unknown', 'unused', 'missing'] as const

function Findings({ applied }: { applied: AppliedFieldList<AttacheSettings> }) {
  const found = FINDINGS.filter((key) => applied[key].length > 0)
  return (
    <Notice tone={applied.unknown.length + applied.missing.length > 0 ? 'caution' : 'plain'} role="status">
      <p>
        <strong>{text.arranged}</strong>
      </p>
      {found.map((key) => (
        <p key={key}>{text.found(text[key], applied[key].join(', '))}</p>
      ))}
    </Notice>
  )
}

interface PasteFieldListProps<S extends AttacheSettings> {
  settings: S
  onChange: (settings: S) => void
}

/** A button and a dialog that arrange the profile's fields to match the site's own field list. */
export function PasteFieldList<S extends AttacheSettings>({ settings, onChange }: PasteFieldListProps<S>) {
  const [isOpen, setOpen] = useState(false)
  const [fieldList, setFieldList] = useState('')
  const [applied, setApplied] = useState<AppliedFieldList<S> | null>(null)
  const apply = () => {
    const result = applyFieldList(settings, fieldList)
    setApplied(result)
    setOpen(false)
    onChange(result.settings)
  }
  return (
    <>
      <Button className="start" variant="default" leftSection={<IconClipboardList size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {text.open}
      </Button>
      {applied !== null && <Findings applied={applied} />}
      {isOpen && (
        <Modal opened onClose={() => setOpen(false)} size="lg" title={text.title}>
          <div className="dialog">
            <p>{text.help}</p>
            <Textarea
              label={text.label}
              data-autofocus
              spellCheck={false}
              rows={12}
              value={fieldList}
              onChange={(event) => setFieldList(event.currentTarget.value)}
            />
            <DialogActions
              cancel={text.cancel}
              action={text.arrange}
              isDisabled={fieldList.trim() === ''}
              onCancel={() => setOpen(false)}
              onAction={apply}
            />
          </div>
        </Modal>
      )}
    </>
  )
}

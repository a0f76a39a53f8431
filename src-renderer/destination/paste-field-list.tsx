import { Button, Modal, Textarea } from '@mantine/core'
import { IconClipboardList } from '@tabler/icons-react'
import { useState } from 'react'
import { type AppliedFieldList, applyFieldList } from '../../src-shared/profiles/field-list'
import type { AttacheSettings } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { DialogActions } from '../widgets/dialog-actions'
import { Notice } from '../widgets/notice'

const WORDS = destinationText.fieldList

const FINDINGS = ['unknown', 'unused', 'missing'] as const

function Findings({ applied }: { applied: AppliedFieldList<AttacheSettings> }) {
  const found = FINDINGS.filter((key) => applied[key].length > 0)
  return (
    <Notice tone={applied.unknown.length + applied.missing.length > 0 ? 'caution' : 'plain'} role="status">
      <p>
        <strong>{WORDS.arranged}</strong>
      </p>
      {found.map((key) => (
        <p key={key}>{WORDS.found(WORDS[key], applied[key].join(', '))}</p>
      ))}
    </Notice>
  )
}

interface PasteFieldListProps<S extends AttacheSettings> {
  settings: S
  onChange: (settings: S) => void
}

/** Arranges the profile after the site's own list of fields. */
export function PasteFieldList<S extends AttacheSettings>({ settings, onChange }: PasteFieldListProps<S>) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [applied, setApplied] = useState<AppliedFieldList<S> | null>(null)
  const apply = () => {
    const result = applyFieldList(settings, text)
    setApplied(result)
    setOpen(false)
    onChange(result.settings)
  }
  return (
    <>
      <Button className="start" variant="default" leftSection={<IconClipboardList size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {WORDS.open}
      </Button>
      {applied !== null && <Findings applied={applied} />}
      {isOpen && (
        <Modal opened onClose={() => setOpen(false)} size="lg" title={WORDS.title}>
          <div className="dialog">
            <p>{WORDS.help}</p>
            <Textarea
              label={WORDS.label}
              data-autofocus
              spellCheck={false}
              rows={12}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <DialogActions
              cancel={WORDS.cancel}
              action={WORDS.arrange}
              isDisabled={text.trim() === ''}
              onCancel={() => setOpen(false)}
              onAction={apply}
            />
          </div>
        </Modal>
      )}
    </>
  )
}

import { Button, Modal, Textarea } from '@mantine/core'
import { IconClipboardList } from '@tabler/icons-react'
import { useState } from 'react'
import { type AppliedFieldList, applyFieldList } from '../../src-shared/field-list'
import type { AttacheSettings } from '../../src-shared/profiles'
import { Notice } from '../widgets/notice'

const FINDINGS = [
  { key: 'unknown', text: 'On the list, and not known to Ledgerdrop: headings, or fields of your site alone' },
  { key: 'unused', text: 'On the screen, and left to Attaché: candidates to fill' },
  { key: 'missing', text: 'Filled by this profile, and not on the list: Attaché may refuse them. They stay, at the end' },
] as const

function Findings({ applied }: { applied: AppliedFieldList<AttacheSettings> }) {
  const found = FINDINGS.filter(({ key }) => applied[key].length > 0)
  return (
    <Notice tone={applied.unknown.length + applied.missing.length > 0 ? 'caution' : 'plain'} role="status">
      <p>
        <strong>The fields stand in the order of your list. Look at the preview, then save.</strong>
      </p>
      {found.map(({ key, text }) => (
        <p key={key}>
          {text}: {applied[key].join(', ')}.
        </p>
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
        Paste Your Field List
      </Button>
      {applied !== null && <Findings applied={applied} />}
      {isOpen && (
        <Modal opened onClose={() => setOpen(false)} size="lg" title="Paste your field list">
          <div className="dialog">
            <p>
              In Attaché, on the screen that takes the orders, press Ctrl+F9, then Export (F11). Copy what the file says and paste it here:
              a name on each line, or the columns as they are. The profile's fields are put in the order of your screen; none is lost, and
              nothing is saved yet.
            </p>
            <Textarea
              label="Field list"
              data-autofocus
              spellCheck={false}
              rows={12}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <div className="dialog-actions">
              <Button variant="default" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button disabled={text.trim() === ''} onClick={apply}>
                Arrange
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </>
  )
}

import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { DestinationRow, SourceRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { STORE_INFO, type StoreKind } from '../../src-shared/stores'
import { storesText } from '../text/stores-text'
import { LoadState } from '../widgets/load-state'
import { FailureNotice } from '../widgets/notice'
import { ConnectSection } from './connect-section'
import { FormSection } from './form-section'
import { startSummary, statusSummary, writeBackSummary } from './section-summaries'
import { StartSection } from './start-section'
import { StatusSection } from './status-section'
import type { StoreInput } from './store-draft'
import { type StoreErrors, useStoreForm } from './use-store-form'
import { WriteBackSection } from './write-back-section'
import './stores.css'

const text = storesText.form
const SECTIONS = ['connect', 'start', 'statuses', 'writeBack'] as const
type Section = (typeof SECTIONS)[number]

interface StoreFormProps {
  kind: StoreKind
  /** Null: a new store. */
  source: SourceRow | null
  /** Empty: the source gets its destination later, as in the guide. */
  destinations: readonly DestinationRow[]
  headingLevel: 2 | 3
  /** The label of the button that saves. */
  saveLabel?: string
  /** True if `onSave` only keeps the input, so that the key of a sign-in has to stay in the engine. */
  isSavedLater?: boolean
  /** Saves the source. Returns why it was refused, or null. */
  onSave: (input: StoreInput, destinationId: number) => Promise<Failure | null>
  /** Called after the source was saved. */
  onDone: (name: string) => void
  onCancel: () => void
}

function sectionOf(errors: StoreErrors): Section {
  if (errors.sinceDay !== undefined) return 'start'
  return errors.mark === undefined ? 'connect' : 'writeBack'
}

/** Connects a store, or changes a connection: where it is and how to sign in, from which date, what its statuses mean, and what is written back. */
export function StoreForm(props: StoreFormProps) {
  const { kind, source, destinations, headingLevel, saveLabel = text.save, isSavedLater = false, onDone, onCancel } = props
  const defaultDestination = destinations.find((one) => one.isDefault) ?? destinations[0]
  const form = useStoreForm({ kind, source, destinationId: defaultDestination?.id ?? 0, onSave: props.onSave })
  const [open, setOpen] = useState<Section | null>('connect')
  const element = useRef<HTMLFormElement>(null)
  const { draft, facts, errors, failure } = form
  const isTested = source !== null || facts !== null

  const focusIn = (selector: string) => requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(selector)?.focus())
  const continueFrom = (section: Section) => {
    setOpen(SECTIONS[SECTIONS.indexOf(section) + 1] ?? null)
    focusIn('.store-section[data-open] button')
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (form.isTesting || form.isSaving || !form.isReady) return
    const isDone = isTested ? await form.save() : await form.test()
    if (isDone && isTested) {
      if (isSavedLater) form.browser.handOver()
      onDone(draft.name.trim())
    }
    if (!isDone) focusIn('[aria-invalid="true"]')
  }
  const firstError = Object.keys(errors).length > 0 ? sectionOf(errors) : null
  const shown = firstError !== null && isTested ? firstError : open
  const destination = destinations.find(({ id }) => id === draft.destinationId)?.name ?? ''
  const bodies: Readonly<Record<Section, { summary: string; body: ReactNode }>> = {
    connect: {
      summary: facts === null ? draft.address : `${facts.shopName} (${draft.address})`,
      body: <ConnectSection form={form} destinations={destinations} onContinue={() => continueFrom('connect')} />,
    },
    start: { summary: startSummary(form), body: <StartSection form={form} destination={destination} /> },
    statuses: { summary: statusSummary(form.rows), body: <StatusSection form={form} /> },
    writeBack: { summary: writeBackSummary(draft), body: <WriteBackSection form={form} /> },
  }

  if (!form.isReady) {
    return <LoadState message={text.loadingSecrets} isLoaded={false} failure={form.readyFailure} onRetry={form.readAgain} />
  }
  return (
    <form className="store-form" ref={element} onSubmit={submit} noValidate aria-label={text.label(STORE_INFO[kind].title)}>
      {SECTIONS.map((section, index) => (
        <FormSection
          key={section}
          position={index + 1}
          title={storesText.sections[section]}
          summary={isTested ? bodies[section].summary : ''}
          headingLevel={headingLevel}
          isOpen={shown === section}
          isDone={section === 'connect' ? facts !== null : isTested && open !== section && SECTIONS.indexOf(open ?? 'writeBack') > index}
          isDisabled={section !== 'connect' && !isTested}
          onToggle={() => setOpen(shown === section ? null : section)}
        >
          {bodies[section].body}
          {section !== 'connect' && section !== 'writeBack' && source === null && (
            <div className="form-actions">
              <Button variant="default" onClick={() => continueFrom(section)}>
                {text.continue}
              </Button>
            </div>
          )}
        </FormSection>
      ))}
      {failure !== null && shown !== 'connect' && <FailureNotice failure={failure} />}
      <div className="form-actions store-save">
        <Button type={isTested ? 'submit' : 'button'} disabled={!isTested} loading={form.isSaving}>
          {saveLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {text.cancel}
        </Button>
        {!isTested && <span className="soft small">{text.testFirst}</span>}
      </div>
    </form>
  )
}

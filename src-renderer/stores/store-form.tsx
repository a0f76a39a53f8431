import { Button } from '@mantine/core'
import { IconArrowRight, IconPlugConnected } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import type { DestinationRow, SourceRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { STORE_INFO, type StoreKind } from '../../src-shared/stores'
import { storesText } from '../text/stores-text'
import { LoadState } from '../widgets/load-state'
import { FailureNotice } from '../widgets/notice'
import { ConnectSection } from './connect-section'
import { FormSteps } from './form-steps'
import { startSummary, statusSummary, writeBackSummary } from './section-summaries'
import { StartSection } from './start-section'
import { StatusSection } from './status-section'
import type { StoreInput } from './store-draft'
import { type StoreErrors, type StoreForm as StoreFormState, useStoreForm } from './use-store-form'
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

function TestButton({ form, isSubmit }: { form: StoreFormState; isSubmit: boolean }) {
  return (
    <Button
      type={isSubmit ? 'submit' : 'button'}
      variant={form.facts === null ? 'filled' : 'default'}
      loading={form.isTesting}
      leftSection={<IconPlugConnected size={15} aria-hidden />}
      onClick={isSubmit ? undefined : form.test}
    >
      {storesText.test.test}
    </Button>
  )
}

/**
 * Connects a store, or changes a connection: where it is and how to sign in, from which date, what its statuses mean,
 * and what is written back.
 */
export function StoreForm(props: StoreFormProps) {
  const { kind, source, destinations, saveLabel = text.save, isSavedLater = false, onDone, onCancel } = props
  const defaultDestination = destinations.find((one) => one.isDefault) ?? destinations[0]
  const form = useStoreForm({ kind, source, destinationId: defaultDestination?.id ?? 0, onSave: props.onSave })
  const [open, setOpen] = useState<Section>('connect')
  const element = useRef<HTMLFormElement>(null)
  const { draft, facts, errors, failure } = form
  const isTested = source !== null || facts !== null

  const focusIn = (selector: string) => requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(selector)?.focus())
  const continueTo = (section: Section) => {
    setOpen(section)
    focusIn('.store-steps [aria-current="step"]')
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
  const next = SECTIONS[SECTIONS.indexOf(shown) + 1]
  const destination = destinations.find(({ id }) => id === draft.destinationId)?.name ?? ''
  const summaries: Readonly<Record<Section, string>> = {
    connect: facts?.shopName ?? draft.address,
    start: startSummary(form),
    statuses: statusSummary(form.rows),
    writeBack: writeBackSummary(draft),
  }
  const steps = SECTIONS.map((name, index) => ({
    name,
    title: storesText.sections[name],
    summary: isTested ? summaries[name] : '',
    isDone: name === 'connect' ? facts !== null : isTested && index < SECTIONS.indexOf(shown),
    isDisabled: name !== 'connect' && !isTested,
  }))

  if (!form.isReady) {
    return <LoadState message={text.loadingSecrets} isLoaded={false} failure={form.readyFailure} onRetry={form.readAgain} />
  }
  return (
    <form className="store-form" ref={element} onSubmit={submit} noValidate aria-label={text.label(STORE_INFO[kind].title)}>
      <FormSteps steps={steps} current={shown} onOpen={setOpen} />
      <section className="card store-step" aria-label={storesText.sections[shown]}>
        {shown === 'connect' && <ConnectSection form={form} destinations={destinations} />}
        {shown === 'start' && <StartSection form={form} destination={destination} />}
        {shown === 'statuses' && <StatusSection form={form} />}
        {shown === 'writeBack' && <WriteBackSection form={form} />}
      </section>
      {failure !== null && shown !== 'connect' && <FailureNotice failure={failure} />}
      <div className="form-actions store-actions store-save">
        {shown === 'connect' && <TestButton form={form} isSubmit={!isTested} />}
        {next !== undefined && isTested && (
          <Button variant="default" rightSection={<IconArrowRight size={15} aria-hidden />} onClick={() => continueTo(next)}>
            {text.continue}
          </Button>
        )}
        {!isTested && <span className="soft small">{text.testFirst}</span>}
        <Button className="store-save-end" type={isTested ? 'submit' : 'button'} disabled={!isTested} loading={form.isSaving}>
          {saveLabel}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  )
}

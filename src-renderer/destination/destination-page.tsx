import { Button } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconSend, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import { useLiveQuery } from '../client/use-live-query'
import { goBack } from '../navigation/navigation'
import { useCan } from '../session/can'
import { destinationText } from '../text/destination-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { ScreenTitle } from '../widgets/screen'
import { checkSettings } from './destination-draft'
import { DestinationHistory } from './destination-history'
import { DestinationPreview } from './destination-preview'
import { DestinationSection, SECTIONS, showSection } from './destination-section'
import { GeneralSection } from './general-section'
import { PolicyFields } from './policy-fields'
import { exportProfile, importProfile } from './profile-file'
import { ProfileSection } from './profile-section'
import { templateSamples } from './template-samples'
import { TestOrderDialog } from './test-order-dialog'
import { type EditedDestination, useDestinationDraft } from './use-destination-draft'

const text = destinationText.page
const PREVIEW_DELAY_MS = 250

function SaveBar({ edited, isNew, onSave }: { edited: EditedDestination; isNew: boolean; onSave: () => void }) {
  if (!edited.isDirty && !isNew) return null
  return (
    <div className="save-bar" role="status">
      {edited.hasErrors ? (
        <span className="field-error">{text.refused}</span>
      ) : (
        edited.isDirty && <span className="soft">{text.unsaved}</span>
      )}
      {edited.isDirty && (
        <Button variant="default" onClick={edited.discard}>
          {text.discard}
        </Button>
      )}
      <Button loading={edited.isSaving} onClick={onSave}>
        {text.save}
      </Button>
    </div>
  )
}

interface PageHeadProps {
  destination: DestinationRow | null
  /** False if the user can't save. */
  saveBar: ReactNode
}

function PageHead({ destination, saveBar }: PageHeadProps) {
  return (
    <div className="destination-head">
      <div className="screen-head">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          title={text.backHelp}
          onClick={() => goBack({ screen: 'sync-settings' })}
        >
          {text.back}
        </Button>
        <ScreenTitle>
          {destination === null ? (
            text.newTitle
          ) : (
            <>
              {text.title} <ExternalText text={destination.name} />
            </>
          )}
        </ScreenTitle>
        {saveBar}
      </div>
      <nav className="section-links" aria-label={text.sections}>
        {SECTIONS.filter((section) => destination !== null || section.id !== 'history').map(({ id, title }) => (
          <button type="button" className="link-button" key={id} onClick={() => showSection(id)}>
            {title}
          </button>
        ))}
      </nav>
    </div>
  )
}

interface ProfileActionsProps {
  destination: DestinationRow | null
  edited: EditedDestination
}

function ProfileActions({ destination, edited }: ProfileActionsProps) {
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={() => importProfile(edited)}>
        {text.importProfile}
      </Button>
      {destination !== null && (
        <Button
          variant="default"
          leftSection={<IconUpload size={15} aria-hidden />}
          onClick={() => exportProfile(destination, edited.isDirty)}
        >
          {text.exportProfile}
        </Button>
      )}
    </>
  )
}

function SendTestButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={onClick}>
      {text.sendTest}
    </Button>
  )
}

/** The page that shows a destination: all its settings, a live preview and its history. */
export function DestinationPage({ destination }: { destination: DestinationRow | null }) {
  const edited = useDestinationDraft(destination)
  const { draft, errors, isDirty, change } = edited
  const canChange = useCan('settings.saveDestination')
  const [isSending, setSending] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const [orderId, setOrderId] = useState<number | null>(null)
  const isValid = Object.keys(checkSettings(draft.settings)).length === 0
  const live = useLiveQuery('settings.preview', isValid ? { settings: draft.settings, orderId } : null, { delayMs: PREVIEW_DELAY_MS })
  const samples = useMemo(() => templateSamples(live.value?.templateRows ?? []), [live.value])

  const save = async () => {
    const isSaved = await edited.save()
    // Wait for the next frame, in which invalid fields are marked.
    requestAnimationFrame(() => {
      const selector = isSaved ? 'h1' : '[aria-invalid="true"], [data-wrong="true"]'
      page.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: isSaved })
    })
  }

  return (
    <div className="screen destination-page" ref={page}>
      <PageHead destination={destination} saveBar={canChange && <SaveBar edited={edited} isNew={destination === null} onSave={save} />} />
      {edited.failure !== null && <FailureNotice failure={edited.failure} />}
      {!canChange && (
        <Notice tone="plain">
          <p>{text.readOnly}</p>
        </Notice>
      )}
      <fieldset className="destination-sections" disabled={!canChange}>
        <GeneralSection destination={destination} edited={edited} />
        <DestinationSection id="pick-up-policy">
          <PolicyFields policy={draft.policy} errors={errors} onChange={(policy) => change({ policy })} />
        </DestinationSection>
        <DestinationSection id="profile-settings" actions={<ProfileActions destination={destination} edited={edited} />}>
          <ProfileSection settings={draft.settings} samples={samples} errors={errors} onChange={(settings) => change({ settings })} />
        </DestinationSection>
        <DestinationSection id="file-preview" actions={destination !== null && <SendTestButton onClick={() => setSending(true)} />}>
          <div className="section-fields">
            <DestinationPreview
              live={live}
              destinationName={destination?.name ?? null}
              orderId={orderId}
              isValid={isValid}
              onOrderChange={setOrderId}
            />
          </div>
        </DestinationSection>
        {destination !== null && (
          <DestinationSection id="history">
            <DestinationHistory destination={destination} isDirty={isDirty} onRestored={edited.discard} />
          </DestinationSection>
        )}
      </fieldset>
      {isSending && destination !== null && (
        <TestOrderDialog destination={destination} isDirty={isDirty} onClose={() => setSending(false)} />
      )}
    </div>
  )
}

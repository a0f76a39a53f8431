import { Button } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconSend, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import { useLiveAnswer } from '../client/use-live-answer'
import { goBack } from '../navigation/navigation'
import { useCan } from '../session/can'
import { destinationText } from '../text/destination-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
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

const WORDS = destinationText.page
const PREVIEW_AFTER_MS = 250

function SaveBar({ edited, isNew, onSave }: { edited: EditedDestination; isNew: boolean; onSave: () => void }) {
  if (!edited.isDirty && !isNew) return null
  return (
    <div className="save-bar" role="status">
      {edited.isRefused ? (
        <span className="field-error">{WORDS.refused}</span>
      ) : (
        edited.isDirty && <span className="soft">{WORDS.unsaved}</span>
      )}
      {edited.isDirty && (
        <Button variant="default" onClick={edited.discard}>
          {WORDS.discard}
        </Button>
      )}
      <Button loading={edited.isSaving} onClick={onSave}>
        {WORDS.save}
      </Button>
    </div>
  )
}

interface PageHeadProps {
  destination: DestinationRow | null
  /** Nothing for people who may not save. */
  saveBar: ReactNode
}

function PageHead({ destination, saveBar }: PageHeadProps) {
  return (
    <div className="destination-head">
      <div className="screen-head">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          title={WORDS.backHelp}
          onClick={() => goBack({ screen: 'sync-settings' })}
        >
          {WORDS.back}
        </Button>
        <ScreenTitle>
          {destination === null ? (
            WORDS.newTitle
          ) : (
            <>
              {WORDS.title} <OutsideText text={destination.name} />
            </>
          )}
        </ScreenTitle>
        {saveBar}
      </div>
      <nav className="section-links" aria-label={WORDS.sections}>
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
        {WORDS.importProfile}
      </Button>
      {destination !== null && (
        <Button
          variant="default"
          leftSection={<IconUpload size={15} aria-hidden />}
          onClick={() => exportProfile(destination, edited.isDirty)}
        >
          {WORDS.exportProfile}
        </Button>
      )}
    </>
  )
}

function SendTestButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={onClick}>
      {WORDS.sendTest}
    </Button>
  )
}

/** A destination with all that can be set, a live preview and its history. */
export function DestinationPage({ destination }: { destination: DestinationRow | null }) {
  const edited = useDestinationDraft(destination)
  const { draft, errors, isDirty, change } = edited
  const mayChange = useCan('settings.saveDestination')
  const [isSending, setSending] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const [orderId, setOrderId] = useState<number | null>(null)
  const isFit = Object.keys(checkSettings(draft.settings)).length === 0
  const live = useLiveAnswer('settings.preview', isFit ? { settings: draft.settings, orderId } : null, { afterMs: PREVIEW_AFTER_MS })
  const samples = useMemo(() => templateSamples(live.value?.templateRows ?? []), [live.value])

  const save = async () => {
    const isSaved = await edited.save()
    // The next drawing marks what does not fit.
    requestAnimationFrame(() => {
      const first = isSaved ? 'h1' : '[aria-invalid="true"], [data-wrong="true"]'
      page.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: isSaved })
    })
  }

  return (
    <div className="screen destination-page" ref={page}>
      <PageHead destination={destination} saveBar={mayChange && <SaveBar edited={edited} isNew={destination === null} onSave={save} />} />
      {edited.failure !== null && <FailureNotice failure={edited.failure} />}
      {!mayChange && (
        <Notice tone="plain">
          <p>{WORDS.readOnly}</p>
        </Notice>
      )}
      <fieldset className="destination-sections" disabled={!mayChange}>
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
              isFit={isFit}
              onOrder={setOrderId}
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

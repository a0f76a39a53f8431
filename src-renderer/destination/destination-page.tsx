import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconArrowLeft, IconDownload, IconSend, IconUpload } from '@tabler/icons-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract'
import { PROFILE_INFO, PROFILE_NAMES } from '../../src-shared/profiles'
import { call, openText, saveText } from '../client/client'
import { goBack } from '../navigation/navigation'
import { useCan } from '../session/can'
import { destinationText } from '../text/destination-text'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone, notifyFailure, notifyIfFailed } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { ScreenTitle } from '../widgets/screen'
import { checkSettings, withProfile } from './destination-draft'
import { DestinationHistory } from './destination-history'
import { DestinationPreview, useLivePreview } from './destination-preview'
import { PolicyFields } from './policy-fields'
import { ProfileSection } from './profile-section'
import { templateSamples } from './template-samples'
import { TestOrderDialog } from './test-order-dialog'
import { type EditedDestination, useDestinationDraft } from './use-destination-draft'

const WORDS = destinationText.page

const SECTIONS = [
  { id: 'general', title: WORDS.general },
  { id: 'pick-up-policy', title: WORDS.policy },
  { id: 'profile-settings', title: WORDS.profile },
  { id: 'file-preview', title: WORDS.preview },
  { id: 'history', title: WORDS.history },
] as const
type SectionId = (typeof SECTIONS)[number]['id']

function showSection(id: SectionId): void {
  const heading = document.getElementById(id)
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

function Section({ id, actions, children }: { id: SectionId; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="card destination-section" data-section={id} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id} tabIndex={-1}>
          {SECTIONS.find((section) => section.id === id)?.title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  )
}

function General({ destination, edited }: { destination: DestinationRow | null; edited: EditedDestination }) {
  const { draft, errors, change } = edited
  const info = PROFILE_INFO[draft.profile]
  return (
    <Section id="general">
      <div className="section-fields">
        <div className="field-row">
          <TextInput
            label={WORDS.name}
            maxLength={60}
            value={draft.name}
            error={errors.name ?? null}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label={WORDS.formatProfile}
            data={PROFILE_NAMES.map((name) => ({ value: name, label: PROFILE_INFO[name].title }))}
            value={draft.profile}
            onChange={(event) => {
              const chosen = PROFILE_NAMES.find((name) => name === event.currentTarget.value)
              if (chosen !== undefined) change(withProfile(chosen))
            }}
          />
        </div>
        <Notice tone={info.verified ? 'plain' : 'caution'}>
          <p>{info.notice}</p>
        </Notice>
        <FolderField
          label={WORDS.folder}
          description={WORDS.folderHelp}
          value={draft.folder}
          error={errors.folder ?? null}
          onChange={(folder) => change({ folder })}
        />
        <Checkbox
          label={WORDS.isDefault}
          disabled={destination?.isDefault === true}
          checked={draft.isDefault}
          onChange={(event) => change({ isDefault: event.currentTarget.checked })}
        />
      </div>
    </Section>
  )
}

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

async function exportProfile(destination: DestinationRow, isDirty: boolean): Promise<void> {
  const result = await call('settings.exportProfile', { destinationId: destination.id })
  if (!result.ok) {
    notifyFailure(result.error)
    return
  }
  const saved = await saveText(result.value.fileName, result.value.text)
  if (!notifyIfFailed(saved) || !saved.ok || saved.value === null) return
  notifyDone(isDirty ? WORDS.exportedAsSaved(saved.value) : WORDS.exported(saved.value))
}

async function importProfile(edited: EditedDestination): Promise<void> {
  const opened = await openText('json')
  if (!notifyIfFailed(opened) || !opened.ok || opened.value === null) return
  const result = await call('settings.parseProfile', { text: opened.value.text })
  if (!result.ok) {
    notifyFailure(result.error)
    return
  }
  const { settings } = result.value
  edited.change(settings.profile === edited.draft.profile ? { settings } : { ...withProfile(settings.profile), settings })
  notifyDone(WORDS.imported(opened.value.name))
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
  const live = useLivePreview(draft.settings, orderId, isFit)
  const samples = useMemo(() => templateSamples(live.preview?.templateRows ?? []), [live.preview])

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
          {mayChange && <SaveBar edited={edited} isNew={destination === null} onSave={save} />}
        </div>
        <nav className="section-links" aria-label={WORDS.sections}>
          {SECTIONS.filter((section) => destination !== null || section.id !== 'history').map(({ id, title }) => (
            <button type="button" className="link-button" key={id} onClick={() => showSection(id)}>
              {title}
            </button>
          ))}
        </nav>
      </div>
      {edited.failure !== null && <FailureNotice failure={edited.failure} />}
      {!mayChange && (
        <Notice tone="plain">
          <p>{WORDS.readOnly}</p>
        </Notice>
      )}
      <fieldset className="destination-sections" disabled={!mayChange}>
        <General destination={destination} edited={edited} />
        <Section id="pick-up-policy">
          <PolicyFields policy={draft.policy} errors={errors} onChange={(policy) => change({ policy })} />
        </Section>
        <Section
          id="profile-settings"
          actions={
            <>
              <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={() => importProfile(edited)}>
                {WORDS.importProfile}
              </Button>
              {destination !== null && (
                <Button
                  variant="default"
                  leftSection={<IconUpload size={15} aria-hidden />}
                  onClick={() => exportProfile(destination, isDirty)}
                >
                  {WORDS.exportProfile}
                </Button>
              )}
            </>
          }
        >
          <ProfileSection settings={draft.settings} samples={samples} errors={errors} onChange={(settings) => change({ settings })} />
        </Section>
        <Section
          id="file-preview"
          actions={
            destination !== null && (
              <Button variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={() => setSending(true)}>
                {WORDS.sendTest}
              </Button>
            )
          }
        >
          <div className="section-fields">
            <DestinationPreview
              live={live}
              destinationName={destination?.name ?? null}
              orderId={orderId}
              isFit={isFit}
              onOrder={setOrderId}
            />
          </div>
        </Section>
        {destination !== null && (
          <Section id="history">
            <DestinationHistory destination={destination} isDirty={isDirty} onRestored={edited.discard} />
          </Section>
        )}
      </fieldset>
      {isSending && destination !== null && (
        <TestOrderDialog destination={destination} isDirty={isDirty} onClose={() => setSending(false)} />
      )}
    </div>
  )
}

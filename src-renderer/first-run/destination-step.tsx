import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { PROFILE_INFO, PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import { saveDestination, saveSource, useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { goToStep, useGuide } from './guide-store'
import { NameAndFolder } from './name-and-folder'
import { TestOrder } from './test-order'

const WORDS = firstRunText.destination
const PROFILES = PROFILE_NAMES.map((value) => ({ value, label: PROFILE_INFO[value].title }))

/** Saves the source that was given in the step before, now that there is a destination for it. */
async function saveKeptSource(): Promise<void> {
  const { source } = useGuide.getState()
  const destination = useSyncSettings.getState().settings?.destinations.find((one) => one.isDefault)
  if (source === null || destination === undefined) return
  const sourceFailure = await saveSource({ ...source, destinationId: destination.id })
  useGuide.setState({ sourceFailure, ...(sourceFailure === null ? { source: null } : {}) })
}

/** Accounting package, folder and profile, then a test order. */
export function DestinationStep() {
  const destinations = useSyncSettings((state) => state.settings?.destinations ?? [])
  const sourceFailure = useGuide((state) => state.sourceFailure)
  const destination = destinations.find((one) => one.isDefault) ?? destinations[0]
  if (destination === undefined) return <DestinationForm />
  return (
    <>
      <p className="no-margin">
        {WORDS.isDone(destination.name, PROFILE_INFO[destination.profile].title)} <OutsideText text={destination.folder} className="path" />
      </p>
      {sourceFailure !== null && (
        <Notice
          tone="bad"
          role="alert"
          actions={
            <Button variant="default" onClick={() => goToStep('source')}>
              {firstRunText.back}
            </Button>
          }
        >
          <p>
            <strong>{WORDS.sourceRefused}</strong>
          </p>
          <p>{sourceFailure.message}</p>
          <p>{sourceFailure.remedy}</p>
        </Notice>
      )}
      <TestOrder destination={destination} />
      <p className="soft small no-margin">{WORDS.more}</p>
    </>
  )
}

function DestinationForm() {
  const [profile, setProfile] = useState<ProfileName>('attache-xmlkfi')
  const [name, setName] = useState<string>(PROFILE_INFO['attache-xmlkfi'].title)
  const [folder, setFolder] = useState('')
  const [isChecked, setChecked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const choose = (chosen: ProfileName) => {
    // A name that the person gave stays.
    if (name === PROFILE_INFO[profile].title) setName(PROFILE_INFO[chosen].title)
    setProfile(chosen)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    setFailure(null)
    if (name.trim() === '' || folder.trim() === '') return
    setSaving(true)
    const refusal = await saveDestination({ name, profile, folder, isDefault: true })
    if (refusal === null) {
      await saveKeptSource()
      notifyDone(WORDS.done(name))
      return
    }
    setSaving(false)
    setFailure(refusal)
  }

  return (
    <>
      <p className="no-margin">{WORDS.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.destination}>
        <NativeSelect
          label={WORDS.profile}
          data={PROFILES}
          value={profile}
          onChange={(event) => choose(PROFILE_NAMES.find((one) => one === event.currentTarget.value) ?? profile)}
        />
        <p className="soft small no-margin">{PROFILE_INFO[profile].notice}</p>
        <NameAndFolder
          text={WORDS}
          name={name}
          folder={folder}
          isChecked={isChecked}
          failure={failure}
          onName={setName}
          onFolder={setFolder}
        />
        <div className="form-actions">
          <Button type="submit" loading={isSaving}>
            {WORDS.save}
          </Button>
        </div>
      </form>
    </>
  )
}

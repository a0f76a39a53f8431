import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { PROFILE_INFO, PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import { saveDestination, useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { goToStep, savePendingSource, useGuide } from './guide-store'
import { NameAndFolder } from './name-and-folder'
import { TestOrder } from './test-order'

const text = firstRunText.destination
const PROFILES = PROFILE_NAMES.map((value) => ({ value, label: PROFILE_INFO[value].title }))

/** The guide step that sets the destination's profile and folder, and then offers to send a test order. */
export function DestinationStep() {
  const destinations = useSyncSettings((state) => state.settings?.destinations ?? [])
  const sourceFailure = useGuide((state) => state.sourceFailure)
  const destination = destinations.find(({ isDefault }) => isDefault) ?? destinations[0]
  if (destination === undefined) return <DestinationForm />
  return (
    <>
      <p className="no-margin">
        {text.alreadyDone(destination.name, PROFILE_INFO[destination.profile].title)}{' '}
        <ExternalText text={destination.folder} className="path" />
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
            <strong>{text.sourceRefused}</strong>
          </p>
          <p>{sourceFailure.message}</p>
          <p>{sourceFailure.remedy}</p>
        </Notice>
      )}
      <TestOrder destination={destination} />
      <p className="soft small no-margin">{text.more}</p>
    </>
  )
}

function DestinationForm() {
  const [profile, setProfile] = useState<ProfileName>('attache-xmlkfi')
  const [name, setName] = useState<string>(PROFILE_INFO['attache-xmlkfi'].title)
  const [folder, setFolder] = useState('')
  const [isSubmitted, setSubmitted] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const chooseProfile = (chosen: ProfileName) => {
    // Keep a name that the user entered.
    if (name === PROFILE_INFO[profile].title) setName(PROFILE_INFO[chosen].title)
    setProfile(chosen)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    setFailure(null)
    if (name.trim() === '' || folder.trim() === '') return
    setSaving(true)
    const error = await saveDestination({ name, profile, folder, isDefault: true })
    if (error === null) {
      await savePendingSource()
      notifyDone(text.saved(name))
      return
    }
    setSaving(false)
    setFailure(error)
  }

  return (
    <>
      <p className="no-margin">{text.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.destination}>
        <NativeSelect
          label={text.profile}
          data={PROFILES}
          value={profile}
          onChange={(event) => chooseProfile(PROFILE_NAMES.find((value) => value === event.currentTarget.value) ?? profile)}
        />
        <p className="soft small no-margin">{PROFILE_INFO[profile].notice}</p>
        <NameAndFolder
          text={text}
          name={name}
          folder={folder}
          isSubmitted={isSubmitted}
          failure={failure}
          onNameChange={setName}
          onFolderChange={setFolder}
        />
        <div className="form-actions">
          <Button type="submit" loading={isSaving}>
            {text.save}
          </Button>
        </div>
      </form>
    </>
  )
}

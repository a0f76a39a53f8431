import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { saveSource, useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { ExternalText } from '../widgets/external-text'
import { notifyDone } from '../widgets/notify'
import { goToNextStep, useGuide } from './guide-store'
import { NameAndFolder } from './name-and-folder'

const text = firstRunText.source

/** The guide step that adds the source. If there is no destination yet, the source is not saved until there is one. */
export function SourceStep() {
  const settings = useSyncSettings((state) => state.settings)
  const pending = useGuide((state) => state.source)
  const [name, setName] = useState<string>(pending?.name ?? text.defaultName)
  const [folder, setFolder] = useState(pending?.folder ?? '')
  const [isSubmitted, setSubmitted] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(() => useGuide.getState().sourceFailure)
  const destination = settings?.destinations.find(({ isDefault }) => isDefault) ?? settings?.destinations[0]

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    setFailure(null)
    if (name.trim() === '' || folder.trim() === '') return
    if (destination === undefined) {
      useGuide.setState({ source: { name, folder }, sourceFailure: null })
      goToNextStep()
      return
    }
    const error = await saveSource({ name, folder, destinationId: destination.id })
    if (error !== null) return setFailure(error)
    useGuide.setState({ source: null, sourceFailure: null })
    notifyDone(text.saved(name))
    goToNextStep()
  }

  const sources = settings?.sources ?? []
  if (sources.length > 0) {
    return (
      <ul className="guide-done">
        {sources.map((source) => (
          <li key={source.id}>
            {text.alreadyDone(source.name)} <ExternalText text={source.folder} className="path" />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <>
      <p className="no-margin">{text.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.source}>
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
          <Button type="submit">{text.save}</Button>
          {destination === undefined && <span className="soft small">{text.savedLater}</span>}
        </div>
      </form>
    </>
  )
}

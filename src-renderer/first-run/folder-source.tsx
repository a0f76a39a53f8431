import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { saveSource } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { notifyDone } from '../widgets/notify'
import { goToNextStep, useGuide } from './guide-store'
import { NameAndFolder } from './name-and-folder'

const text = firstRunText.source

/** A source whose orders arrive as files. If there is no destination yet, it is kept until there is one. */
export function FolderSource({ destination, onOther }: { destination: DestinationRow | undefined; onOther: () => void }) {
  const pending = useGuide((state) => (state.source?.kind === 'folder' ? state.source : null))
  const [name, setName] = useState<string>(pending?.name ?? text.defaultName)
  const [folder, setFolder] = useState(pending?.folder ?? '')
  const [isSubmitted, setSubmitted] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(() => useGuide.getState().sourceFailure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    setFailure(null)
    if (name.trim() === '' || folder.trim() === '') return
    if (destination === undefined) {
      useGuide.setState({ source: { kind: 'folder', name, folder }, sourceFailure: null })
      goToNextStep()
      return
    }
    const error = await saveSource({ name, folder, destinationId: destination.id })
    if (error !== null) return setFailure(error)
    useGuide.setState({ source: null, sourceFailure: null })
    notifyDone(text.saved(name))
    goToNextStep()
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
          <Button variant="default" onClick={onOther}>
            {text.other}
          </Button>
          {destination === undefined && <span className="soft small">{text.savedLater}</span>}
        </div>
      </form>
    </>
  )
}

import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { saveSource, useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { notifyDone } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { goOn, useGuide } from './guide-store'
import { NameAndFolder } from './name-and-folder'

const WORDS = firstRunText.source

/** Where orders come from. Without a destination to send them to, it is kept until there is one. */
export function SourceStep() {
  const settings = useSyncSettings((state) => state.settings)
  const kept = useGuide((state) => state.source)
  const [name, setName] = useState<string>(kept?.name ?? WORDS.usualName)
  const [folder, setFolder] = useState(kept?.folder ?? '')
  const [isChecked, setChecked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(() => useGuide.getState().sourceFailure)
  const destination = settings?.destinations.find((one) => one.isDefault) ?? settings?.destinations[0]

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    setFailure(null)
    if (name.trim() === '' || folder.trim() === '') return
    if (destination === undefined) {
      useGuide.setState({ source: { name, folder }, sourceFailure: null })
      goOn()
      return
    }
    const refusal = await saveSource({ name, folder, destinationId: destination.id })
    if (refusal !== null) return setFailure(refusal)
    useGuide.setState({ source: null, sourceFailure: null })
    notifyDone(WORDS.done(name))
    goOn()
  }

  const sources = settings?.sources ?? []
  if (sources.length > 0) {
    return (
      <ul className="guide-done">
        {sources.map((source) => (
          <li key={source.id}>
            {WORDS.isDone(source.name)} <OutsideText text={source.folder} className="path" />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <>
      <p className="no-margin">{WORDS.explanation}</p>
      <form className="settings-form" onSubmit={submit} noValidate aria-label={firstRunText.steps.source}>
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
          <Button type="submit">{WORDS.save}</Button>
          {destination === undefined && <span className="soft small">{WORDS.savedLater}</span>}
        </div>
      </form>
    </>
  )
}

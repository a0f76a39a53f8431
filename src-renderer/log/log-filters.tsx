import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { LOG_LEVELS, type LogLevel } from '../../src-shared/contract/contract'
import type { LogQuery } from '../program/log-store'
import { logText } from '../text/log-text'

const { filter: text } = logText
const LEVELS = LOG_LEVELS.map((value) => ({ value, label: logText.levels[value] }))

/** The filters of View Log. They are applied when the user clicks Show or changes the level. */
export function LogFilters({ isReading, onSearch }: { isReading: boolean; onSearch: (query: LogQuery) => void }) {
  const [level, setLevel] = useState<LogLevel>('debug')
  const [run, setRun] = useState('')
  const [order, setOrder] = useState('')
  const [search, setSearch] = useState('')
  const isRunValid = run.trim() === '' || /^\d{1,15}$/.test(run.trim())

  const submitQuery = (chosen: LogLevel) =>
    onSearch({
      level: chosen,
      ...(run.trim() === '' ? {} : { runId: Number(run.trim()) }),
      ...(order.trim() === '' ? {} : { order: order.trim() }),
      ...(search.trim() === '' ? {} : { search: search.trim() }),
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isRunValid) submitQuery(level)
  }
  const clear = () => {
    setRun('')
    setOrder('')
    setSearch('')
    onSearch({ level })
  }

  return (
    <form className="log-filters" onSubmit={submit}>
      <NativeSelect
        label={text.level}
        data={LEVELS}
        value={level}
        onChange={(event) => {
          const chosen = LOG_LEVELS.find((value) => value === event.currentTarget.value) ?? 'debug'
          setLevel(chosen)
          if (isRunValid) submitQuery(chosen)
        }}
      />
      <TextInput
        label={text.run}
        inputMode="numeric"
        maxLength={15}
        value={run}
        error={isRunValid ? null : text.badRun}
        onChange={(event) => setRun(event.currentTarget.value)}
      />
      <TextInput label={text.order} maxLength={200} value={order} onChange={(event) => setOrder(event.currentTarget.value)} />
      <TextInput label={text.search} maxLength={200} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <Button type="submit" loading={isReading}>
        {text.show}
      </Button>
      <Button variant="default" onClick={clear}>
        {text.clear}
      </Button>
    </form>
  )
}

import { useCallback, useEffect, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'
import { latestRequest } from './latest-request'

/** A command's answer: null until there is one, or why there is none. */
export interface Answer<Value> {
  value: Value | null
  failure: Failure | null
  /** Reads it again. */
  read: () => Promise<void>
  /** Shows a newer value, e.g. the answer of a command that changed it. */
  setValue: (value: Value) => void
}

/** The answer of a command that only reads: when the component comes up, and again when the input or `version` changes. */
export function useAnswer<Name extends CommandName>(name: Name, input: CommandInput<Name>, version?: unknown): Answer<CommandOutput<Name>> {
  const [value, setValue] = useState<CommandOutput<Name> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [startRequest] = useState(latestRequest)
  const key = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input, which is a new object in every drawing
  const read = useCallback(async () => {
    const isLatest = startRequest()
    const result = await call(name, input)
    if (!isLatest()) return
    if (result.ok) setValue(result.value)
    setFailure(result.ok ? null : result.error)
  }, [name, key, startRequest])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is read anew
  useEffect(() => void read(), [read, version])
  return { value, failure, read, setValue }
}

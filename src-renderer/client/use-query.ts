import { useCallback, useEffect, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'
import { trackLatestRequest } from './track-latest-request'

/** A query's result or failure; both are null until the first response. */
export interface QueryState<Value> {
  value: Value | null
  failure: Failure | null
  /** Runs the query again. */
  read: () => Promise<void>
  /** Replaces the value, e.g. with the result of a command that changed it. */
  setValue: (value: Value) => void
}

/** Runs a query when the component mounts, and again when its input or `version` changes. */
export function useQuery<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
  version?: unknown,
): QueryState<CommandOutput<Name>> {
  const [value, setValue] = useState<CommandOutput<Name> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [startRequest] = useState(trackLatestRequest)
  const key = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key represents the input, which is a new object on every render
  const read = useCallback(async () => {
    const isLatest = startRequest()
    const result = await call(name, input)
    if (!isLatest()) return
    if (result.ok) setValue(result.value)
    setFailure(result.ok ? null : result.error)
  }, [name, key, startRequest])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query runs again when `version` changes
  useEffect(() => void read(), [read, version])
  return { value, failure, read, setValue }
}

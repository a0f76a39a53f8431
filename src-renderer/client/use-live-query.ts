import { useEffect, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'

/** The result or failure of a query that follows the user's input; both are null until the first response. */
export interface LiveQueryState<Value> {
  value: Value | null
  failure: Failure | null
  /** True while the result belongs to an earlier input. */
  isStale: boolean
}

interface LiveQueryOptions {
  /** How long the input must be unchanged before the query runs. */
  delayMs: number
  /** The query runs again when this value changes. */
  version?: unknown
}

/** Runs a query shortly after its input last changed. While the input is null, keeps the last result. */
export function useLiveQuery<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | null,
  { delayMs, version }: LiveQueryOptions,
): LiveQueryState<CommandOutput<Name>> {
  const [result, setResult] = useState<LiveQueryState<CommandOutput<Name>>>({ value: null, failure: null, isStale: true })
  const key = input === null ? null : JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key represents the input, which is a new object on every render
  useEffect(() => {
    setResult((current) => ({ ...current, isStale: true }))
    if (input === null) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const response = await call(name, input)
      if (!isCurrent) return
      setResult(
        response.ok ? { value: response.value, failure: null, isStale: false } : { value: null, failure: response.error, isStale: false },
      )
    }, delayMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [name, key, delayMs, version])
  return result
}

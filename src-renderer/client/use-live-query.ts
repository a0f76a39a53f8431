import { useEffect, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'

/** A query's result or failure for what the user is typing; both are null until the first response. */
export interface LiveQueryState<Value> {
  value: Value | null
  failure: Failure | null
  /** True while the result belongs to an earlier input. */
  isStale: boolean
}

/** The delay after the last change of the input, and a value whose change runs the query again. */
interface LiveOptions {
  afterMs: number
  version?: unknown
}

/** Runs a query shortly after its input last changed. While the input is null, keeps the last result. */
export function useLiveQuery<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | null,
  { afterMs, version }: LiveOptions,
): LiveQueryState<CommandOutput<Name>> {
  const [result, setResult] = useState<LiveQueryState<CommandOutput<Name>>>({ value: null, failure: null, isStale: true })
  const key = input === null ? null : JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key represents the input, which is a new object in every render
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
    }, afterMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [name, key, afterMs, version])
  return result
}

import { useCallback, useEffect, useRef, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'

/** What a command answers: null until it has, or why it could not be read. */
export interface Answer<Value> {
  value: Value | null
  failure: Failure | null
  /** Reads it again. */
  read: () => Promise<void>
  /** Takes in a newer value, e.g. what a change of it answered with. */
  setValue: (value: Value) => void
}

/** The answer of a command that only reads: when the component comes up, and again when the input or `version` changes. */
export function useAnswer<Name extends CommandName>(name: Name, input: CommandInput<Name>, version?: unknown): Answer<CommandOutput<Name>> {
  const [value, setValue] = useState<CommandOutput<Name> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const latest = useRef(0)
  const key = JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input, which is a new object in every drawing
  const read = useCallback(async () => {
    latest.current += 1
    const mine = latest.current
    const result = await call(name, input)
    if (mine !== latest.current) return
    if (result.ok) setValue(result.value)
    setFailure(result.ok ? null : result.error)
  }, [name, key])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is read anew
  useEffect(() => void read(), [read, version])
  return { value, failure, read, setValue }
}

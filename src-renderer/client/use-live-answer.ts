import { useEffect, useState } from 'react'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from './client'

/** A command's answer to what a person is typing; value and failure are both null until the first answer. */
export interface LiveAnswer<Value> {
  value: Value | null
  failure: Failure | null
  /** True while it is the answer for an earlier input. */
  isOld: boolean
}

/** When a command is asked: so long after the last change, and again for another version of what it reads. */
interface LiveOptions {
  afterMs: number
  version?: unknown
}

/** The answer of a command that only reads, a moment after the last change of its input. Null: nothing is asked, and the last answer stays. */
export function useLiveAnswer<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | null,
  { afterMs, version }: LiveOptions,
): LiveAnswer<CommandOutput<Name>> {
  const [answer, setAnswer] = useState<LiveAnswer<CommandOutput<Name>>>({ value: null, failure: null, isOld: true })
  const key = input === null ? null : JSON.stringify(input)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input, which is a new object in every drawing
  useEffect(() => {
    setAnswer((now) => ({ ...now, isOld: true }))
    if (input === null) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const result = await call(name, input)
      if (!isCurrent) return
      setAnswer(result.ok ? { value: result.value, failure: null, isOld: false } : { value: null, failure: result.error, isOld: false })
    }, afterMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [name, key, afterMs, version])
  return answer
}

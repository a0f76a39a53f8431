import { z } from 'zod'

/** Roles of staff members. Each may do everything that the roles before it may. */
export const ROLES = ['viewer', 'operator', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** Who may run a command. `anyone` needs no session. */
export type Access = Role | 'anyone'

interface Command<Input extends z.ZodType, Output> {
  input: Input
  role: Access
  /** True if the command only reads. */
  isQuery: boolean
  /** The result. Exists only as a type. */
  output?: Output
}

/** Defines a command that returns an `Output`, from the lowest role that may run it and its input schema. */
export function command<Output>() {
  return <Input extends z.ZodType>(role: Access, input: Input): Command<Input, Output> => ({ role, input, isQuery: false })
}

/** Defines a command that only reads, so the log doesn't record who ran it. */
export function query<Output>() {
  return <Input extends z.ZodType>(role: Access, input: Input): Command<Input, Output> => ({ role, input, isQuery: true })
}

/** A database id. */
export const id = z.number().int().positive()
export const shortText = z.string().max(200)

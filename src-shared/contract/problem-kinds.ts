/** Kinds of problems on Sync > Problems, in the order of its filter. */
export const PROBLEM_KINDS = [
  'ownership',
  'order failed',
  'needs review',
  'overdue',
  'changed in store',
  'store',
  'folder',
  'rejected file',
  'failed mail',
  'mail server',
  'restore',
  'sync',
] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

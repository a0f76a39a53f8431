import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, although they are short to read: a new clone has no durations to go by. */
const LONGEST = ['killed-at-random.test.ts', 'fuzz.test.ts', 'staff.test.ts', 'command-line.test.ts']

/** Starts the longest files first, so that at the end no worker is left alone with one of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`))
      return index === -1 ? LONGEST.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

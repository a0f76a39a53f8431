import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The slowest test files. They are small, and a new clone has no recorded durations, so Vitest would start them late. */
const LONGEST = ['killed-at-random.test.ts', 'fuzz.test.ts', 'staff.test.ts', 'command-line.test.ts']

/** Starts the slowest files first, so that no worker is still running one after the others have finished. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`))
      return index === -1 ? LONGEST.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

import { beforeEach, type TestContext } from 'vitest'
import skippedOnWine from './skipped-on-wine.json'

const ENTRIES: readonly { file: string; test: string; reason: string }[] = skippedOnWine

// Skips the tests that can't pass on Wine, by title, each with a reason. scripts/test-windows.mjs lists them.
beforeEach((context: TestContext) => {
  const { file, name } = context.task
  const title = [...suitesOf(context.task), name].join(' > ')
  const found = ENTRIES.find((entry) => file.name.replaceAll('\\', '/') === entry.file && title.startsWith(entry.test))
  if (found !== undefined) context.skip(found.reason)
})

function suitesOf(task: TestContext['task']): string[] {
  const names: string[] = []
  for (let suite = task.suite; suite !== undefined; suite = suite.suite) names.unshift(suite.name)
  return names
}

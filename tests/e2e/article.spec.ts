import { test } from '@playwright/test'
import { followArticle } from './follow-article'
import { type LaunchedApp, launchApp } from './launch'

let launched: LaunchedApp

test.beforeEach(async () => {
  launched = await launchApp()
})

test.afterEach(async () => {
  await launched?.close()
})

test('with the printed instructions, a failed order can be fixed, set to Pending, and imported with Sync Now', async () => {
  await followArticle(launched)
})

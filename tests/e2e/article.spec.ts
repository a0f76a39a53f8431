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

test("the customer's article: an order that failed is mended, set to Pending, and imported by Sync Now", async () => {
  await followArticle(launched)
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'

/** Saves a screenshot (PNG) as WebP, a tenth of the size. The page converts it. */
export async function saveAsWebPicture(page: Page, png: Buffer, file: string): Promise<void> {
  const webp = await page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.85)
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64'))
}

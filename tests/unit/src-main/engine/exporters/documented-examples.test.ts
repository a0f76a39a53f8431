import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import { defaultProfileSettings, PROFILE_NAMES } from '../../../../../src-shared/profiles/profiles'
import { sampleOrder } from '../../../../support/orders'

const docs = join(import.meta.dirname, '../../../../../docs/formats')

test.each(PROFILE_NAMES)('docs/formats/%s.md shows exactly what the profile writes with default settings', (name) => {
  const rendered = renderOrder(sampleOrder(), defaultProfileSettings(name))
  const written = rendered.ok ? new TextDecoder().decode(rendered.bytes) : ''
  const page = readFileSync(join(docs, `${name}.md`), 'utf8')
  const example = page
    .slice(page.indexOf('## Example'))
    .split('```')[1]
    ?.replace(/^\w*\n/, '')
  expect(example).toBe(written.replaceAll('\r\n', '\n'))
})

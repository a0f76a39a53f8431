import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { PLACEHOLDERS, type TemplateText } from '../../../src-shared/mail'
import { ORDER_STATUSES, type OrderStatus } from '../../../src-shared/order'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'
import { DEFAULT_TEMPLATES, oneLine, unknownPlaceholders } from './notice-text'

type StoredTemplates = Partial<Record<OrderStatus, TemplateText>>

function storedTemplates(db: Database): Promise<StoredTemplates> {
  return readSetting<StoredTemplates>(db, 'noticeTemplates', {})
}

/** Returns the template for a status. */
export async function templateOf(db: Database, status: OrderStatus): Promise<TemplateText> {
  return (await storedTemplates(db))[status] ?? DEFAULT_TEMPLATES[status]
}

/** Returns every status with its template. */
export async function listTemplates(db: Database): Promise<CommandOutput<'notices.templates'>> {
  const stored = await storedTemplates(db)
  return {
    templates: ORDER_STATUSES.map((status) => ({
      status,
      ...(stored[status] ?? DEFAULT_TEMPLATES[status]),
      isDefault: stored[status] === undefined,
    })),
  }
}

/**
 * Saves the template for a status; null resets it. Throws FailureError `template-placeholder-unknown`,
 * `template-subject-invalid`.
 */
export async function saveTemplate(
  engine: EngineContext,
  { status, template }: ParsedInput<'notices.saveTemplate'>,
): Promise<CommandOutput<'notices.templates'>> {
  if (template !== null) checkTemplate(template)
  return engine.write(async ({ db }) => {
    const { [status]: _before, ...others } = await storedTemplates(db)
    await writeSetting(db, 'noticeTemplates', template === null ? others : { ...others, [status]: template })
    return listTemplates(db)
  })
}

/** Checks a template. Throws FailureError `template-placeholder-unknown`, `template-subject-invalid`. */
export function checkTemplate(template: TemplateText): void {
  const [unknown] = unknownPlaceholders(template)
  if (unknown !== undefined) {
    throw new FailureError({
      code: 'template-placeholder-unknown',
      message: `{{${oneLine(unknown)}}} is not a known placeholder.`,
      remedy: `Use ${Object.keys(PLACEHOLDERS)
        .map((name) => `{{${name}}}`)
        .join(', ')}.`,
    })
  }
  if (/[\r\n\u2028\u2029]/.test(template.subject)) {
    throw new FailureError({
      code: 'template-subject-invalid',
      message: 'The subject has more than one line.',
      remedy: 'Put it on one line.',
    })
  }
}

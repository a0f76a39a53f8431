import type { TemplateText } from '../../../src-shared/mail'
import { moneyText } from '../../../src-shared/money'
import { ADDITIONAL, type Category, type DayReport, INCOMING, OUTCOMES, type Reconciliation } from './reconcile'

const LABELS: Readonly<Record<Category, string>> = {
  received: 'Received',
  carriedOver: 'Carried over',
  written: 'Written',
  failed: 'Failed or needs review',
  waiting: 'Waiting',
  closed: 'Closed or on hold',
  confirmed: 'Confirmed by the accounting package',
  writtenWithProblem: 'Written, but rejected or needs review',
}
const MAX_NUMBERS = 100
const DAY = new Intl.DateTimeFormat('en-AU', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** The text of the daily digest: counts, totals and order numbers, no names. */
export function digestText(day: string, { reconciliations, failedNumbers }: DayReport): TemplateText {
  const date = DAY.format(new Date(`${day}T00:00:00Z`))
  const counts = (category: Category) => reconciliations.reduce((sum, reconciliation) => sum + reconciliation[category].count, 0)
  const parts = [
    `Ledgerdrop, ${date}`,
    [
      ...(['received', 'written', 'confirmed'] as const).map((category) => line(LABELS[category], String(counts(category)))),
      line(LABELS.failed, String(failedNumbers.length)),
      line(LABELS.waiting, String(counts('waiting'))),
    ].join('\n'),
    ...(reconciliations.length === 0 ? ['No orders were received or written, and none are waiting.'] : reconciliations.map(block)),
    ...(failedNumbers.length === 0 ? [] : [`Orders that need attention (Sync > Problems):\n${numbers(failedNumbers)}`]),
    'Each order is counted by its state at the end of the day, as far as it is known now. Sent by Ledgerdrop. You can switch this email off in Settings > Email.',
  ]
  const problemText = failedNumbers.length === 0 ? 'no problems' : `${failedNumbers.length} failed`
  return {
    subject: `Orders for ${date}: ${counts('received')} received, ${counts('written')} written, ${problemText}`,
    text: `${parts.join('\n\n')}\n`,
  }
}

function block(reconciliation: Reconciliation): string {
  const row = (category: Category) =>
    amount(LABELS[category], reconciliation[category].count, reconciliation[category].totalMinor, reconciliation.currency)
  const sum = (parts: readonly Category[]) =>
    amount(
      'Total',
      parts.reduce((total, category) => total + reconciliation[category].count, 0),
      parts.reduce((total, category) => total + reconciliation[category].totalMinor, 0),
      reconciliation.currency,
    )
  return [
    `${reconciliation.destination}, ${reconciliation.currency}`,
    ...INCOMING.map(row),
    sum(INCOMING),
    'Of these:',
    ...OUTCOMES.map(row),
    sum(OUTCOMES),
    'Of these or of earlier orders:',
    ...ADDITIONAL.map(row),
  ].join('\n')
}

function amount(label: string, count: number, totalMinor: number, currency: string): string {
  return line(label, `${String(count).padStart(6)}  ${moneyText(totalMinor, currency).padStart(18)}`)
}

function line(label: string, value: string): string {
  return `  ${label.padEnd(40)}${value}`
}

function numbers(all: readonly string[]): string {
  const remaining = all.length - MAX_NUMBERS
  return `  ${all.slice(0, MAX_NUMBERS).join(', ')}${remaining > 0 ? ` and ${remaining} more` : ''}`
}

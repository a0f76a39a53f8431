import type { TemplateText } from '../../../src-shared/mail'
import { moneyText } from '../../../src-shared/money'
import { ASIDE, type DayReport, ENTRIES, EXITS, type Part, type Reconciliation } from './reconcile'

const LABELS: Readonly<Record<Part, string>> = {
  received: 'Received',
  carriedOver: 'Carried over from before',
  written: 'Written',
  failed: 'Failed or to be reviewed',
  waiting: 'Waiting',
  closed: 'Closed or on hold',
  confirmed: 'Confirmed by the accounting package',
  troubled: 'Written, but refused or to be reviewed',
}
const MOST_NUMBERS = 100
const DAY = new Intl.DateTimeFormat('en-AU', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** The daily digest: counts, totals and order numbers, no names. */
export function digestText(day: string, { reconciliations, failedNumbers }: DayReport): TemplateText {
  const date = DAY.format(new Date(`${day}T00:00:00Z`))
  const counts = (part: Part) => reconciliations.reduce((sum, one) => sum + one[part].count, 0)
  const parts = [
    `Ledgerdrop, ${date}`,
    [
      ...(['received', 'written', 'confirmed'] as const).map((part) => line(LABELS[part], String(counts(part)))),
      line(LABELS.failed, String(failedNumbers.length)),
      line(LABELS.waiting, String(counts('waiting'))),
    ].join('\n'),
    ...(reconciliations.length === 0 ? ['Nothing was received, nothing was written, and nothing waits.'] : reconciliations.map(block)),
    ...(failedNumbers.length === 0 ? [] : [`Orders that need a person (Sync > Problems):\n${numbers(failedNumbers)}`]),
    'Each order counts where it stood at the end of the day, as far as is known now. Sent by Ledgerdrop; switched off in Settings, E-mail.',
  ]
  const trouble = failedNumbers.length === 0 ? 'no problems' : `${failedNumbers.length} failed`
  return {
    subject: `Orders of ${date}: ${counts('received')} received, ${counts('written')} written, ${trouble}`,
    text: `${parts.join('\n\n')}\n`,
  }
}

function block(one: Reconciliation): string {
  const row = (part: Part) => amount(LABELS[part], one[part].count, one[part].totalMinor, one.currency)
  const sum = (parts: readonly Part[]) =>
    amount(
      'Together',
      parts.reduce((total, part) => total + one[part].count, 0),
      parts.reduce((total, part) => total + one[part].totalMinor, 0),
      one.currency,
    )
  return [
    `${one.destination}, ${one.currency}`,
    ...ENTRIES.map(row),
    sum(ENTRIES),
    'Of these:',
    ...EXITS.map(row),
    sum(EXITS),
    'Of these or of earlier orders:',
    ...ASIDE.map(row),
  ].join('\n')
}

function amount(label: string, count: number, totalMinor: number, currency: string): string {
  return line(label, `${String(count).padStart(6)}  ${moneyText(totalMinor, currency).padStart(18)}`)
}

function line(label: string, value: string): string {
  return `  ${label.padEnd(40)}${value}`
}

function numbers(all: readonly string[]): string {
  const left = all.length - MOST_NUMBERS
  return `  ${all.slice(0, MOST_NUMBERS).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

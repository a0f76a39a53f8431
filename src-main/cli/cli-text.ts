import type {
  FieldChange,
  OrderDetails,
  OrderRow,
  OwnerDecision,
  RestorePreview,
  RunRow,
  TimelineEntry,
} from '../../src-shared/contract/contract'
import { moneyText } from '../../src-shared/money'
import type { Finding } from '../engine/engine'
import type { Drop } from './cli-drops'

/** Makes text from outside safe to print in a terminal, by replacing control characters and direction marks. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
}

function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Orders as a table. */
export function ordersText(orders: readonly OrderRow[]): string {
  if (orders.length === 0) return 'No orders.'
  const rows = orders.map((order) => [
    plain(order.number),
    order.orderedAt.slice(0, 16).replace('T', ' '),
    plain(order.customerName).slice(0, 30),
    moneyText(order.totalMinor, order.currency),
    order.status,
    order.syncState,
    order.syncError === null ? '' : plain(order.syncError.message),
  ])
  return table([['Number', 'Date (UTC)', 'Customer', 'Total', 'Status', 'Sync', 'Sync error'], ...rows])
}

/** Runs as a table. */
export function runsText(runs: readonly RunRow[]): string {
  if (runs.length === 0) return 'No runs yet.'
  const rows = runs.map((run) => [run.task, run.startedAt.slice(0, 19).replace('T', ' '), run.trigger, run.outcome, plain(run.summary)])
  return table([['Task', 'Started (UTC)', 'Trigger', 'Outcome', 'Result'], ...rows])
}

/** An order as text: its state, what to check, its lines, its deliveries, its timeline. */
export function orderText(order: OrderDetails): string {
  const parts = [ordersText([order])]
  if (order.syncError !== null) parts.push(`Sync error: ${plain(order.syncError.message)}\n${plain(order.syncError.remedy)}`)
  if (order.warnings.length > 0) parts.push(`Please check:\n${order.warnings.map((warning) => `- ${plain(warning)}`).join('\n')}`)
  const lines = order.lines.map((line) => [plain(line.sku), line.quantity, moneyText(line.netMinor, order.currency), plain(line.name)])
  parts.push(table([['Code', 'Quantity', 'Net', 'Product'], ...lines]))
  if (order.deliveries.length > 0) {
    const deliveries = order.deliveries.map(({ fileName, state, droppedAt, evidence }) => [
      fileName,
      state,
      droppedAt ?? '',
      plain(evidence ?? ''),
    ])
    parts.push(table([['File', 'State', 'Written (UTC)', 'Evidence'], ...deliveries]))
  }
  parts.push(table(order.timeline.flatMap(timelineRows)))
  return parts.join('\n\n')
}

function timelineRows({ at, actor, text, changes }: TimelineEntry): string[][] {
  const first = [at.slice(0, 19).replace('T', ' '), plain(actor), plain(text)]
  return [first, ...changes.map((change) => ['', '', `  ${changeText(change)}`])]
}

function changeText({ field, before, after, isKept }: FieldChange): string {
  const [from, to] = [before, after].map((text) => plain(text) || '(empty)')
  return isKept ? `${field}: kept ${from}; the store sent ${to}` : `${field} changed from ${from} to ${to}`
}

/** The demo's result as text: its runs, its orders and the files that it wrote. */
export function demoText(workspace: string, runs: readonly RunRow[], orders: readonly OrderRow[], drops: readonly Drop[]): string {
  const files = drops.map((drop) =>
    [`${drop.destination} (${drop.profile}): ${drop.folder}`, ...drop.files.map((file) => `  ${file}`)].join('\n'),
  )
  return [`Workspace ${workspace}`, runsText(runs), ordersText(orders), ...files].join('\n\n')
}

/** The doctor's findings, one line each, and the number of problems. */
export function doctorText(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, isOk, text, remedy }) => [
    isOk ? 'ok' : 'PROBLEM',
    plain(check),
    plain(`${text.replace(/\.$/, '')}.${remedy === '' ? '' : ` ${remedy}`}`),
  ])
  const count = findings.filter((finding) => !finding.isOk).length
  return `${table(rows)}\n${count === 0 ? 'No problems found.' : count === 1 ? '1 problem found.' : `${count} problems found.`}`
}

/** The result of a decision about a copied or moved workspace, as text. */
export function decisionText(command: 'workspace.continueHere' | 'workspace.thisIsACopy', { reviewed }: OwnerDecision): string {
  const done =
    command === 'workspace.continueHere'
      ? 'Ledgerdrop continues with this workspace.'
      : 'This copy is now a separate workspace. Automatic sync is paused. Check its folders before you resume it.'
  const count = reviewed === 1 ? '1 order needs review' : `${reviewed} orders need review`
  return reviewed === 0 ? done : `${done} ${count}, because another copy may have sent ${reviewed === 1 ? 'it' : 'them'}.`
}

/** The preview of a restore as text: the changes that it would make. */
export function previewText(preview: RestorePreview): string {
  const { backup, receivedCount, sentCount, changedCount, settingsCount, isArchiveComplete, isDatabaseReadable, orders } = preview
  const facts = [
    `Backup ${backup.file}, made at ${backup.at}`,
    `Received since: ${receivedCount} ${isDatabaseReadable ? 'orders' : 'files'}; read again from Done if their files are still there`,
    `Sent since: ${sentCount} files; their orders will need review and are not sent again automatically`,
    `Changed by a person since: ${changedCount ?? 'unknown'} orders, ${settingsCount ?? 'unknown'} settings; these changes will be undone`,
  ]
  if (preview.otherWorkspace !== null) {
    const { folder, computer } = preview.otherWorkspace
    facts.push(
      `WARNING: this is a backup of another workspace, ${plain(folder)} on the computer ${plain(computer)}. Every waiting or failed order will need review`,
    )
  }
  if (!isArchiveComplete)
    facts.push('The archive of sent files does not go back to the backup, so every waiting or failed order will need review')
  const rows = orders.map((order) => [plain(order.number), plain(order.customerName), order.change])
  return rows.length === 0 ? facts.join('\n') : `${facts.join('\n')}\n\n${table(rows)}`
}

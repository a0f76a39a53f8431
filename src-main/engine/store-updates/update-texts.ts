import type { UpdateContent } from '../database/store-updates-store'

/** What an update that was written has changed, as a sentence. `source` is the store's name here. */
export function doneText(source: string, content: UpdateContent, outcome: 'written' | 'written before'): string {
  const before = outcome === 'written before' ? ' It was there already, so nothing was written.' : ''
  switch (content.kind) {
    case 'note':
      return `Note added in ${source}: ${content.text}${before}`
    case 'mark':
      return `Marked as sent in ${source} (${content.name}).${before}`
    case 'status':
      return `Status set to ${content.status} in ${source}.${before}`
    case 'tracking':
      return `Tracking number ${content.number} sent to ${source}.${before}`
  }
}

/** What was to be written, as the beginning of a sentence. */
export function subjectOf(content: UpdateContent): string {
  switch (content.kind) {
    case 'note':
      return 'The note that the order was sent'
    case 'mark':
      return `The mark ${content.name}`
    case 'status':
      return `The status ${content.status}`
    case 'tracking':
      return `The tracking number ${content.number}`
  }
}

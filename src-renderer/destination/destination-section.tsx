import type { ReactNode } from 'react'
import { destinationText } from '../text/destination-text'

const text = destinationText.page

/** The sections of the destination page, from top to bottom. */
export const SECTIONS = [
  { id: 'general', title: text.general },
  { id: 'pick-up-policy', title: text.policy },
  { id: 'profile-settings', title: text.profile },
  { id: 'file-preview', title: text.preview },
  { id: 'history', title: text.history },
] as const

/** The id of a section; also the HTML id of its heading. */
export type SectionId = (typeof SECTIONS)[number]['id']

/** Scrolls to a section and focuses its heading. */
export function showSection(id: SectionId): void {
  const heading = document.getElementById(id)
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** A section of the destination page, with its heading and buttons. */
export function DestinationSection({ id, actions, children }: { id: SectionId; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="card destination-section" data-section={id} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id} tabIndex={-1}>
          {SECTIONS.find((section) => section.id === id)?.title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  )
}

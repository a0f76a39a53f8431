import type { ReactNode } from 'react'
import { destinationText } from '../text/destination-text'

const WORDS = destinationText.page

/** The sections of the page, in their order. */
export const SECTIONS = [
  { id: 'general', title: WORDS.general },
  { id: 'pick-up-policy', title: WORDS.policy },
  { id: 'profile-settings', title: WORDS.profile },
  { id: 'file-preview', title: WORDS.preview },
  { id: 'history', title: WORDS.history },
] as const
export type SectionId = (typeof SECTIONS)[number]['id']

/** Brings a section into view, with the focus on its heading. */
export function showSection(id: SectionId): void {
  const heading = document.getElementById(id)
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** One section of the page with its heading. */
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

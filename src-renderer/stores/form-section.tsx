import { IconCheck, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'

interface FormSectionProps {
  /** The position among the sections, from 1. */
  position: number
  title: string
  /** What has been chosen, shown while the section is closed. */
  summary: string
  headingLevel: 2 | 3
  isOpen: boolean
  isDone: boolean
  /** True if the section can't be opened yet. */
  isDisabled: boolean
  onToggle: () => void
  children: ReactNode
}

/** A numbered part of a form, of which one is open at a time. */
export function FormSection(props: FormSectionProps) {
  const { position, title, summary, headingLevel, isOpen, isDone, isDisabled, onToggle, children } = props
  const id = useId()
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  const Arrow = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section className="store-section" data-open={isOpen || undefined} aria-labelledby={id}>
      <Heading className="store-section-head">
        <button type="button" id={id} aria-expanded={isOpen} disabled={isDisabled} onClick={onToggle}>
          <span className="store-number" aria-hidden>
            {isDone ? <IconCheck size={14} /> : position}
          </span>
          <span className="store-section-title">{title}</span>
          {!isOpen && <span className="store-section-summary">{summary}</span>}
          <Arrow size={16} aria-hidden />
        </button>
      </Heading>
      {isOpen && <div className="store-section-body">{children}</div>}
    </section>
  )
}

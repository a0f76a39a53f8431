import { IconAlertTriangle, IconHelpCircle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Failure } from '../../src-shared/failure'

interface NoticeProps {
  tone: 'plain' | 'bad' | 'caution'
  role?: 'alert' | 'status'
  actions?: ReactNode
  children: ReactNode
}

const ICONS = { plain: IconInfoCircle, bad: IconAlertTriangle, caution: IconHelpCircle } as const

/** A framed message with an icon and optional buttons. */
export function Notice({ tone, role, actions, children }: NoticeProps) {
  const Icon = ICONS[tone]
  return (
    <div className="notice" data-tone={tone} role={role}>
      <Icon size={18} aria-hidden />
      <div>{children}</div>
      {actions !== undefined && <div className="notice-actions">{actions}</div>}
    </div>
  )
}

/** A failure's message and remedy as two paragraphs. */
export function FailureText({ failure }: { failure: Failure }) {
  return (
    <>
      <p>
        <strong>{failure.message}</strong>
      </p>
      <p>{failure.remedy}</p>
    </>
  )
}

/** A failure's message and remedy as a notice. */
export function FailureNotice({ failure, actions }: { failure: Failure; actions?: ReactNode }) {
  return (
    <Notice tone="bad" role="alert" actions={actions}>
      <FailureText failure={failure} />
    </Notice>
  )
}

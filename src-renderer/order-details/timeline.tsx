import {
  IconAlertTriangle,
  IconArrowDownCircle,
  IconBuildingStore,
  IconCircleCheck,
  IconFileExport,
  IconHelpCircle,
  IconMail,
  IconMessage,
  IconPencil,
  type IconProps,
  IconRefresh,
  IconSwitchHorizontal,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { TimelineEntry, TimelineKind } from '../../src-shared/contract/contract'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'
import { LongText } from '../widgets/long-text'
import { TimeText } from '../widgets/time-text'
import { Verbatim } from '../widgets/verbatim'
import { TimelineChanges } from './timeline-changes'

const text = orderDetailsText.timeline

const ICONS: Readonly<Record<TimelineKind, ComponentType<IconProps>>> = {
  received: IconArrowDownCircle,
  updated: IconRefresh,
  edited: IconPencil,
  status: IconSwitchHorizontal,
  comment: IconMessage,
  delivery: IconFileExport,
  answer: IconCircleCheck,
  error: IconAlertTriangle,
  notice: IconMail,
  review: IconHelpCircle,
  store: IconBuildingStore,
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const Icon = ICONS[entry.kind]
  return (
    <li className="timeline-entry" data-kind={entry.kind}>
      <Icon size={17} aria-hidden />
      <div className="timeline-body">
        <ExternalText text={entry.text} lines="many" />
        {entry.changes.length > 0 && <TimelineChanges changes={entry.changes} />}
        {entry.details !== '' &&
          (entry.kind === 'comment' ? (
            <LongText text={entry.details} className="timeline-comment" />
          ) : (
            <details>
              <summary>{text.details}</summary>
              <Verbatim label={text.details} text={entry.details} />
            </details>
          ))}
      </div>
      <div className="timeline-who soft small">
        <TimeText at={entry.at} /> {text.by} <ExternalText text={entry.actor} />
      </div>
    </li>
  )
}

/** Everything that happened to the order, oldest first, so that the newest entry is next to Change Order Status. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <section className="card timeline-card" aria-labelledby="timeline">
      <h2 id="timeline">{text.title}</h2>
      <ol className="timeline">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

import { IconAlertTriangle, IconCircleCheck, IconCircleDot, IconClockHour4, IconHelpCircle, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { StateLabel, Tone } from '../text/state-labels'

const ICONS: Readonly<Record<Tone, ComponentType<IconProps>>> = {
  plain: IconClockHour4,
  busy: IconCircleDot,
  good: IconCircleCheck,
  bad: IconAlertTriangle,
  caution: IconHelpCircle,
}

/** The label of a state with its icon. The colour only repeats what the label says. */
export function ToneText({ label }: { label: StateLabel }) {
  const Icon = ICONS[label.tone]
  return (
    <span className="tone" data-tone={label.tone}>
      <Icon size={15} stroke={2} aria-hidden />
      {label.text}
    </span>
  )
}

import { IconAlertTriangle, IconCircleCheck, IconCircleDot, IconClockHour4, IconHelpCircle, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { StateWords, Tone } from '../text/state-words'

const ICONS: Readonly<Record<Tone, ComponentType<IconProps>>> = {
  plain: IconClockHour4,
  busy: IconCircleDot,
  good: IconCircleCheck,
  bad: IconAlertTriangle,
  caution: IconHelpCircle,
}

/** A state in words with its icon; colour only repeats what the words say. */
export function ToneText({ words }: { words: StateWords }) {
  const Icon = ICONS[words.tone]
  return (
    <span className="tone" data-tone={words.tone}>
      <Icon size={15} stroke={2} aria-hidden />
      {words.text}
    </span>
  )
}

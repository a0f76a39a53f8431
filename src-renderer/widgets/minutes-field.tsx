import { NumberInput } from '@mantine/core'

/** A day: the longest time between two runs. */
const MAX_MINUTES = 1440

/** True for a whole number of minutes that a schedule takes. */
export function isMinutes(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_MINUTES
}

interface MinutesFieldProps {
  label: string
  /** Shown if the input is not such a number. */
  error: string
  value: number | string
  onChange: (value: number | string) => void
}

/** Every how many minutes something runs. */
export function MinutesField({ label, error, value, onChange }: MinutesFieldProps) {
  return (
    <NumberInput
      label={label}
      allowDecimal={false}
      min={1}
      max={MAX_MINUTES}
      clampBehavior="none"
      value={value}
      error={isMinutes(value) ? null : error}
      onChange={onChange}
    />
  )
}

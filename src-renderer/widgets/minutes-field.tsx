import { NumberInput } from '@mantine/core'

/** The maximum interval between two runs: one day. */
const MAX_MINUTES = 1440

/** True if the value is a whole number of minutes that a schedule accepts. */
export function isMinutes(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_MINUTES
}

interface MinutesFieldProps {
  label: string
  /** Shown if the value is not valid. */
  error: string
  value: number | string
  onChange: (value: number | string) => void
}

/** An input for the interval of a schedule, in minutes. */
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

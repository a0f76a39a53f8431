import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { COMPANION_VERDICTS, type PickUpPolicy, POLICY_PRESETS } from '../../src-shared/profiles/pick-up-policy'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { numberOrNaN } from './destination-draft'

const text = destinationText.policy

interface PolicyFieldsProps {
  policy: PickUpPolicy
  errors: FieldErrors
  onChange: (policy: PickUpPolicy) => void
}

const FOLDERS = [
  { key: 'success', label: text.success },
  { key: 'failure', label: text.failure },
  { key: 'notProcessed', label: text.notProcessed },
  { key: 'hold', label: text.hold },
] as const

const DEFAULT_FOLDERS = { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' }

function AnswerFolders({ policy, errors, onChange }: PolicyFieldsProps) {
  const { answerFolders } = policy
  return (
    <>
      <Checkbox
        label={text.answerFolders}
        checked={answerFolders !== null}
        onChange={(event) => onChange({ ...policy, answerFolders: event.currentTarget.checked ? DEFAULT_FOLDERS : null })}
      />
      {answerFolders !== null && (
        <div className="field-row">
          {FOLDERS.map(({ key, label }) => (
            <TextInput
              key={key}
              label={label}
              value={answerFolders[key]}
              error={errors[`policy.answerFolders.${key}`] ?? null}
              onChange={(event) => onChange({ ...policy, answerFolders: { ...answerFolders, [key]: event.currentTarget.value } })}
            />
          ))}
        </div>
      )}
    </>
  )
}

function Companions({ policy, errors, onChange }: PolicyFieldsProps) {
  const { companions } = policy
  const change = (index: number, changes: Partial<PickUpPolicy['companions'][number]>) =>
    onChange({
      ...policy,
      companions: companions.map((companion, position) => (position === index ? { ...companion, ...changes } : companion)),
    })
  return (
    <fieldset className="companions">
      <legend>{text.companions}</legend>
      <p className="soft small no-margin">{text.companionsHelp}</p>
      {companions.map((companion, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: patterns have no identity other than their position while they are edited
        <div className="companion" key={index}>
          <TextInput
            aria-label={text.pattern(index + 1)}
            spellCheck={false}
            value={companion.pattern}
            error={errors[`policy.companions.${index}.pattern`] ?? null}
            onChange={(event) => change(index, { pattern: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={text.patternMeaning(index + 1)}
            data={COMPANION_VERDICTS.map((verdict) => ({ value: verdict, label: text.verdicts[verdict] }))}
            value={companion.verdict}
            onChange={(event) =>
              change(index, { verdict: COMPANION_VERDICTS.find((verdict) => verdict === event.currentTarget.value) ?? 'note' })
            }
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={text.removePattern(index + 1)}
            onClick={() => onChange({ ...policy, companions: companions.filter((_, position) => position !== index) })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => onChange({ ...policy, companions: [...companions, { pattern: '{base}.err', verdict: 'rejected' }] })}
      >
        {text.addPattern}
      </Button>
    </fieldset>
  )
}

/** The fields of the pick-up policy: how a destination learns what happened to its files. */
export function PolicyFields({ policy, errors, onChange }: PolicyFieldsProps) {
  const currentPreset = POLICY_PRESETS.find((preset) => JSON.stringify(preset.policy) === JSON.stringify(policy))
  return (
    <fieldset className="settings-group">
      <legend>{text.legend}</legend>
      <NativeSelect
        label={text.answers}
        description={currentPreset?.notice}
        data={[...POLICY_PRESETS.map((preset) => ({ value: preset.name, label: preset.title })), { value: '', label: text.custom }]}
        value={currentPreset?.name ?? ''}
        onChange={(event) => {
          const chosen = POLICY_PRESETS.find((preset) => preset.name === event.currentTarget.value)
          if (chosen !== undefined) onChange(structuredClone(chosen.policy))
        }}
      />
      <AnswerFolders policy={policy} errors={errors} onChange={onChange} />
      <Companions policy={policy} errors={errors} onChange={onChange} />
      <TextInput
        label={text.responses}
        description={text.responsesHelp}
        spellCheck={false}
        value={policy.responseFolder ?? ''}
        error={errors['policy.responseFolder'] ?? null}
        onChange={(event) => onChange({ ...policy, responseFolder: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <div className="field-row">
        <NumberInput
          label={text.overdue}
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.overdueMinutes) ? '' : policy.overdueMinutes}
          error={errors['policy.overdueMinutes'] === undefined ? null : text.fromOne}
          onChange={(value) => onChange({ ...policy, overdueMinutes: numberOrNaN(value) })}
        />
        <NumberInput
          label={text.grace}
          min={0}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.graceMinutes) ? '' : policy.graceMinutes}
          error={errors['policy.graceMinutes'] === undefined ? null : text.fromZero}
          onChange={(value) => onChange({ ...policy, graceMinutes: numberOrNaN(value) })}
        />
        <NativeSelect
          label={text.gone}
          data={[
            { value: 'picked up', label: text.pickedUp },
            { value: 'unknown', label: text.needsReview },
          ]}
          value={policy.goneMeans}
          onChange={(event) => onChange({ ...policy, goneMeans: event.currentTarget.value === 'unknown' ? 'unknown' : 'picked up' })}
        />
      </div>
    </fieldset>
  )
}

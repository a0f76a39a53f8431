import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { COMPANION_VERDICTS, type PickUpPolicy, READY_POLICIES } from '../../src-shared/profiles/pick-up-policy'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { wholeNumber } from './destination-draft'

const WORDS = destinationText.policy

interface PolicyFieldsProps {
  policy: PickUpPolicy
  errors: FieldErrors
  onChange: (policy: PickUpPolicy) => void
}

const FOLDERS = [
  { key: 'success', label: WORDS.success },
  { key: 'failure', label: WORDS.failure },
  { key: 'notProcessed', label: WORDS.notProcessed },
  { key: 'hold', label: WORDS.hold },
] as const

const USUAL_FOLDERS = { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' }

function AnswerFolders({ policy, errors, onChange }: PolicyFieldsProps) {
  const { answerFolders } = policy
  return (
    <>
      <Checkbox
        label={WORDS.answerFolders}
        checked={answerFolders !== null}
        onChange={(event) => onChange({ ...policy, answerFolders: event.currentTarget.checked ? USUAL_FOLDERS : null })}
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
  const change = (index: number, part: Partial<PickUpPolicy['companions'][number]>) =>
    onChange({ ...policy, companions: companions.map((one, at) => (at === index ? { ...one, ...part } : one)) })
  return (
    <fieldset className="companions">
      <legend>{WORDS.companions}</legend>
      <p className="soft small no-margin">{WORDS.companionsHelp}</p>
      {companions.map((companion, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pattern is known by its position while it is typed
        <div className="companion" key={index}>
          <TextInput
            aria-label={WORDS.pattern(index + 1)}
            spellCheck={false}
            value={companion.pattern}
            error={errors[`policy.companions.${index}.pattern`] ?? null}
            onChange={(event) => change(index, { pattern: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={WORDS.patternMeaning(index + 1)}
            data={COMPANION_VERDICTS.map((verdict) => ({ value: verdict, label: WORDS.verdicts[verdict] }))}
            value={companion.verdict}
            onChange={(event) => change(index, { verdict: COMPANION_VERDICTS.find((one) => one === event.currentTarget.value) ?? 'note' })}
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={WORDS.removePattern(index + 1)}
            onClick={() => onChange({ ...policy, companions: companions.filter((_, at) => at !== index) })}
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
        {WORDS.addPattern}
      </Button>
    </fieldset>
  )
}

/** How a destination learns what became of its files. */
export function PolicyFields({ policy, errors, onChange }: PolicyFieldsProps) {
  const ready = READY_POLICIES.find((one) => JSON.stringify(one.policy) === JSON.stringify(policy))
  return (
    <fieldset className="settings-group">
      <legend>{WORDS.legend}</legend>
      <NativeSelect
        label={WORDS.answers}
        description={ready?.notice}
        data={[...READY_POLICIES.map((one) => ({ value: one.name, label: one.title })), { value: '', label: WORDS.asSet }]}
        value={ready?.name ?? ''}
        onChange={(event) => {
          const chosen = READY_POLICIES.find((one) => one.name === event.currentTarget.value)
          if (chosen !== undefined) onChange(structuredClone(chosen.policy))
        }}
      />
      <AnswerFolders policy={policy} errors={errors} onChange={onChange} />
      <Companions policy={policy} errors={errors} onChange={onChange} />
      <TextInput
        label={WORDS.responses}
        description={WORDS.responsesHelp}
        spellCheck={false}
        value={policy.responseFolder ?? ''}
        error={errors['policy.responseFolder'] ?? null}
        onChange={(event) => onChange({ ...policy, responseFolder: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <div className="field-row">
        <NumberInput
          label={WORDS.overdue}
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.overdueMinutes) ? '' : policy.overdueMinutes}
          error={errors['policy.overdueMinutes'] === undefined ? null : WORDS.fromOne}
          onChange={(value) => onChange({ ...policy, overdueMinutes: wholeNumber(value) })}
        />
        <NumberInput
          label={WORDS.grace}
          min={0}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.graceMinutes) ? '' : policy.graceMinutes}
          error={errors['policy.graceMinutes'] === undefined ? null : WORDS.fromZero}
          onChange={(value) => onChange({ ...policy, graceMinutes: wholeNumber(value) })}
        />
        <NativeSelect
          label={WORDS.gone}
          data={[
            { value: 'picked up', label: WORDS.pickedUp },
            { value: 'unknown', label: WORDS.needsReview },
          ]}
          value={policy.goneMeans}
          onChange={(event) => onChange({ ...policy, goneMeans: event.currentTarget.value === 'unknown' ? 'unknown' : 'picked up' })}
        />
      </div>
    </fieldset>
  )
}

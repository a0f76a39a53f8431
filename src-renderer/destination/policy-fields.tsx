import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { COMPANION_VERDICTS, type PickUpPolicy, READY_POLICIES } from '../../src-shared/pick-up-policy'
import { type FieldErrors, wholeNumber } from './destination-draft'

interface PolicyFieldsProps {
  policy: PickUpPolicy
  errors: FieldErrors
  onChange: (policy: PickUpPolicy) => void
}

const FOLDERS = [
  { key: 'success', label: 'Success folder' },
  { key: 'failure', label: 'Failure folder' },
  { key: 'notProcessed', label: 'Not processed folder' },
  { key: 'hold', label: 'Hold folder' },
] as const

const USUAL_FOLDERS = { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' }

const VERDICT_TEXT = { accepted: 'means accepted', rejected: 'means rejected', note: 'is only kept' } as const

function AnswerFolders({ policy, errors, onChange }: PolicyFieldsProps) {
  const { answerFolders } = policy
  return (
    <>
      <Checkbox
        label="The package moves files to answer folders below the drop folder"
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
      <legend>Files that the package writes beside a file</legend>
      <p className="soft small no-margin">
        In a pattern, {'{base}'} stands for the file's name without extension, {'{id}'} for its last part, * for any characters.
      </p>
      {companions.map((companion, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pattern is known by its position while it is typed
        <div className="companion" key={index}>
          <TextInput
            aria-label={`Pattern ${index + 1}`}
            spellCheck={false}
            value={companion.pattern}
            error={errors[`policy.companions.${index}.pattern`] ?? null}
            onChange={(event) => change(index, { pattern: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={`Pattern ${index + 1}: meaning`}
            data={COMPANION_VERDICTS.map((verdict) => ({ value: verdict, label: VERDICT_TEXT[verdict] }))}
            value={companion.verdict}
            onChange={(event) => change(index, { verdict: COMPANION_VERDICTS.find((one) => one === event.currentTarget.value) ?? 'note' })}
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={`Remove pattern ${index + 1}`}
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
        Add pattern
      </Button>
    </fieldset>
  )
}

/** How a destination learns what became of its files. */
export function PolicyFields({ policy, errors, onChange }: PolicyFieldsProps) {
  const ready = READY_POLICIES.find((one) => JSON.stringify(one.policy) === JSON.stringify(policy))
  return (
    <fieldset className="settings-group">
      <legend>After a file is dropped</legend>
      <NativeSelect
        label="How the package answers"
        description={ready?.notice}
        data={[...READY_POLICIES.map((one) => ({ value: one.name, label: one.title })), { value: '', label: 'As set below' }]}
        value={ready?.name ?? ''}
        onChange={(event) => {
          const chosen = READY_POLICIES.find((one) => one.name === event.currentTarget.value)
          if (chosen !== undefined) onChange(structuredClone(chosen.policy))
        }}
      />
      <AnswerFolders policy={policy} errors={errors} onChange={onChange} />
      <Companions policy={policy} errors={errors} onChange={onChange} />
      <TextInput
        label="Folder for UBL answer documents"
        description="A name below the drop folder, or a whole path. Empty: the package sends none."
        spellCheck={false}
        value={policy.responseFolder ?? ''}
        error={errors['policy.responseFolder'] ?? null}
        onChange={(event) => onChange({ ...policy, responseFolder: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <div className="field-row">
        <NumberInput
          label="Overdue after (minutes)"
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.overdueMinutes) ? '' : policy.overdueMinutes}
          error={errors['policy.overdueMinutes'] === undefined ? null : 'A whole number from 1.'}
          onChange={(value) => onChange({ ...policy, overdueMinutes: wholeNumber(value) })}
        />
        <NumberInput
          label="Wait for an answer (minutes)"
          min={0}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(policy.graceMinutes) ? '' : policy.graceMinutes}
          error={errors['policy.graceMinutes'] === undefined ? null : 'A whole number from 0.'}
          onChange={(value) => onChange({ ...policy, graceMinutes: wholeNumber(value) })}
        />
        <NativeSelect
          label="A file that is gone without an answer"
          data={[
            { value: 'picked up', label: 'was picked up' },
            { value: 'unknown', label: 'needs review: a person decides' },
          ]}
          value={policy.goneMeans}
          onChange={(event) => onChange({ ...policy, goneMeans: event.currentTarget.value === 'unknown' ? 'unknown' : 'picked up' })}
        />
      </div>
    </fieldset>
  )
}

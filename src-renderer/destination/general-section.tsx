import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { DestinationRow } from '../../src-shared/contract/contract'
import { PROFILE_INFO, PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { FolderField } from '../widgets/folder-field'
import { Notice } from '../widgets/notice'
import { withProfile } from './destination-draft'
import { DestinationSection } from './destination-section'
import type { EditedDestination } from './use-destination-draft'

const text = destinationText.page

/** The General section: name, format profile and drop folder. */
export function GeneralSection({ destination, edited }: { destination: DestinationRow | null; edited: EditedDestination }) {
  const { draft, errors, change } = edited
  const info = PROFILE_INFO[draft.profile]
  return (
    <DestinationSection id="general">
      <div className="section-fields">
        <div className="field-row">
          <TextInput
            label={text.name}
            maxLength={60}
            value={draft.name}
            error={errors.name ?? null}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label={text.formatProfile}
            data={PROFILE_NAMES.map((name) => ({ value: name, label: PROFILE_INFO[name].title }))}
            value={draft.profile}
            onChange={(event) => {
              const chosen = PROFILE_NAMES.find((name) => name === event.currentTarget.value)
              if (chosen !== undefined) change(withProfile(chosen))
            }}
          />
        </div>
        <Notice tone={info.isVerified ? 'plain' : 'caution'}>
          <p>{info.notice}</p>
        </Notice>
        <FolderField
          label={text.folder}
          description={text.folderHelp}
          value={draft.folder}
          error={errors.folder ?? null}
          onChange={(folder) => change({ folder })}
        />
        <Checkbox
          label={text.isDefault}
          disabled={destination?.isDefault === true}
          checked={draft.isDefault}
          onChange={(event) => change({ isDefault: event.currentTarget.checked })}
        />
      </div>
    </DestinationSection>
  )
}

import { Button } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { assertNever } from '../../src-shared/failure'
import { defaultProfileSettings, PROFILE_INFO, type ProfileSettings } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { KfiTemplate } from './kfi-template'
import { ElementNames, TaxCodes, UnitCodes } from './name-tables'
import { PasteFieldList } from './paste-field-list'
import { ProfileFields } from './profile-fields'
import type { TemplateSamples } from './template-samples'
import { XmlkfiElements } from './xmlkfi-elements'

const text = destinationText.profile

interface ProfileSectionProps {
  settings: ProfileSettings
  /** The template's values for the order in the preview. */
  samples: TemplateSamples
  errors: FieldErrors
  onChange: (settings: ProfileSettings) => void
}

/** The special editors of a profile, for settings that are not simple fields. */
function ProfileEditors({ settings, samples, errors, onChange }: ProfileSectionProps) {
  switch (settings.profile) {
    case 'ubl-order':
      return (
        <>
          <UnitCodes settings={settings} errors={errors} onChange={onChange} />
          <TaxCodes settings={settings} errors={errors} onChange={onChange} />
        </>
      )
    case 'order-xml':
      return (
        <>
          <ElementNames settings={settings} errors={errors} onChange={onChange} />
          <TaxCodes settings={settings} errors={errors} onChange={onChange} />
        </>
      )
    case 'attache-xmlkfi':
      return (
        <>
          <PasteFieldList settings={settings} onChange={onChange} />
          <XmlkfiElements settings={settings} errors={errors} onChange={onChange} />
          <TaxCodes settings={settings} errors={errors} onChange={onChange} />
        </>
      )
    case 'attache-kfi':
      return (
        <>
          <PasteFieldList settings={settings} onChange={onChange} />
          <KfiTemplate settings={settings} samples={samples} errors={errors} onChange={onChange} />
          <TaxCodes settings={settings} errors={errors} onChange={onChange} />
        </>
      )
    default:
      return assertNever(settings)
  }
}

/** The Profile Settings section. */
export function ProfileSection(props: ProfileSectionProps) {
  const { settings, onChange } = props
  const defaults = defaultProfileSettings(settings.profile)
  const isDefault = JSON.stringify(defaults) === JSON.stringify(settings)
  return (
    <div className="section-fields">
      <ProfileEditors {...props} />
      <ProfileFields {...props} />
      <Button
        className="start"
        variant="default"
        disabled={isDefault}
        leftSection={<IconRotate size={15} aria-hidden />}
        onClick={() => onChange(defaults)}
      >
        {text.resetAll(PROFILE_INFO[settings.profile].title)}
      </Button>
    </div>
  )
}

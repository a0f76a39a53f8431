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

const WORDS = destinationText.profile

interface ProfileSectionProps {
  settings: ProfileSettings
  /** The values of the order that the preview shows, for a template. */
  samples: TemplateSamples
  errors: FieldErrors
  onChange: (settings: ProfileSettings) => void
}

/** The part of the settings that has an editor of its own. */
function OwnEditor({ settings, samples, errors, onChange }: ProfileSectionProps) {
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

/** All settings of a profile. */
export function ProfileSection(props: ProfileSectionProps) {
  const { settings, onChange } = props
  const shipped = defaultProfileSettings(settings.profile)
  const isShipped = JSON.stringify(shipped) === JSON.stringify(settings)
  return (
    <div className="section-fields">
      <OwnEditor {...props} />
      <ProfileFields {...props} />
      <Button
        className="start"
        variant="default"
        disabled={isShipped}
        leftSection={<IconRotate size={15} aria-hidden />}
        onClick={() => onChange(shipped)}
      >
        {WORDS.allAsShipped(PROFILE_INFO[settings.profile].title)}
      </Button>
    </div>
  )
}

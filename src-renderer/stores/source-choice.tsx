import { Button } from '@mantine/core'
import { IconBuildingStore, IconFolder } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { STORE_INFO, STORE_KINDS, type StoreKind } from '../../src-shared/stores'
import { storesText } from '../text/stores-text'
import './stores.css'

const text = storesText.choice

interface SourceChoiceProps {
  /** True in the guide: stores come first, and its heading asks the question already. */
  isStoreFirst?: boolean
  onFolder: () => void
  onStore: (kind: StoreKind) => void
  /** Omitted if there is nothing to cancel. */
  onCancel?: () => void
}

function Choice({ icon, title, hint, onClick }: { icon: ReactNode; title: string; hint: string; onClick: () => void }) {
  return (
    <button type="button" className="source-choice" onClick={onClick}>
      {icon}
      <strong>{title}</strong>
      <span className="soft small">{hint}</span>
    </button>
  )
}

/** Asks where the orders come from: files in a folder, or one of the kinds of stores. */
export function SourceChoice({ isStoreFirst = false, onFolder, onStore, onCancel }: SourceChoiceProps) {
  const files = <Choice icon={<IconFolder size={24} aria-hidden />} title={text.files} hint={text.filesHint} onClick={onFolder} />
  return (
    <fieldset className="source-choices">
      <legend className={isStoreFirst ? 'hidden-words' : undefined}>{text.label}</legend>
      {!isStoreFirst && files}
      {STORE_KINDS.map((kind) => (
        <Choice
          key={kind}
          icon={<IconBuildingStore size={24} aria-hidden />}
          title={STORE_INFO[kind].title}
          hint={text.storeHint}
          onClick={() => onStore(kind)}
        />
      ))}
      {isStoreFirst && files}
      {onCancel !== undefined && (
        <Button variant="default" className="source-choice-cancel" onClick={onCancel}>
          {text.cancel}
        </Button>
      )}
    </fieldset>
  )
}

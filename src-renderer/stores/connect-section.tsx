import { Checkbox, NativeSelect, PasswordInput, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { DestinationRow } from '../../src-shared/contract/contract'
import { STORE_INFO } from '../../src-shared/stores'
import { storesText } from '../text/stores-text'
import { BrowserConnection } from './browser-connection'
import { hasAccount, hasBrowserPage, isPlainHttp } from './store-draft'
import { TestResult } from './test-result'
import type { StoreForm } from './use-store-form'

const text = storesText.connect

function Address({ form }: { form: StoreForm }) {
  const { kind, draft, errors, failure, change } = form
  return (
    <TextInput
      label={text.address}
      description={text.addressHint[kind]}
      type="url"
      maxLength={500}
      spellCheck={false}
      autoComplete="off"
      value={draft.address}
      error={errors.address ?? failure?.field === 'address'}
      onChange={(event) => change({ address: event.currentTarget.value })}
    />
  )
}

function NameAndDestination({ form, destinations }: { form: StoreForm; destinations: readonly DestinationRow[] }) {
  const { draft, errors, change } = form
  return (
    <div className="field-row">
      <TextInput
        label={text.name}
        maxLength={60}
        value={draft.name}
        error={errors.name ?? null}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {destinations.length > 0 && (
        <NativeSelect
          label={text.destination}
          data={destinations.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(draft.destinationId)}
          onChange={(event) => change({ destinationId: Number(event.currentTarget.value) })}
        />
      )}
    </div>
  )
}

function SignInChoice({ form }: { form: StoreForm }) {
  const { kind, draft, change } = form
  const { signIns } = STORE_INFO[kind]
  return (
    <Radio.Group
      className="sign-ins"
      size="xs"
      label={text.signIn}
      value={draft.signIn}
      onChange={(chosen) => change({ signIn: signIns.find((one) => one === chosen) ?? draft.signIn, account: '', secret: '' })}
    >
      <div className="sign-in-choices">
        {signIns.map((signIn) => (
          <Radio key={signIn} size="xs" value={signIn} label={text.signIns[signIn].label} />
        ))}
      </div>
      <p className="soft small no-margin">{text.signIns[draft.signIn].hint}</p>
    </Radio.Group>
  )
}

/** The account's name and its secret. The secret is never shown again after it was saved. */
function Credentials({ form }: { form: StoreForm }) {
  const { source, draft, errors, failure, change } = form
  const labels = text.signIns[draft.signIn]
  const isSaved = source?.store?.signIn === draft.signIn
  return (
    <div className="field-row">
      {hasAccount(draft.signIn) && (
        <TextInput
          label={labels.account}
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          value={draft.account}
          error={errors.account ?? null}
          onChange={(event) => change({ account: event.currentTarget.value })}
        />
      )}
      <PasswordInput
        label={labels.secret}
        maxLength={4000}
        autoComplete="new-password"
        placeholder={isSaved ? text.keep : ''}
        visibilityToggleButtonProps={{ 'aria-label': text.show(labels.secret) }}
        value={draft.secret}
        error={errors.secret ?? failure?.field === 'secret'}
        onChange={(event) => change({ secret: event.currentTarget.value })}
      />
    </div>
  )
}

function SignIn({ form }: { form: StoreForm }) {
  const { draft, source, errors, browser } = form
  const hasPage = hasBrowserPage(draft.signIn)
  const canPaste = draft.signIn === 'application password'
  const [isPasting, setPasting] = useState(source !== null && canPaste)
  if (!canPaste || isPasting) {
    return (
      <>
        {canPaste && (
          <p className="soft small no-margin">
            {storesText.browser.pasteHint}{' '}
            <button type="button" className="link-button" onClick={() => setPasting(false)}>
              {storesText.browser.noPaste}
            </button>
          </p>
        )}
        <Credentials form={form} />
        {hasPage && !canPaste && <BrowserConnection form={form} />}
      </>
    )
  }
  const paste = (
    <button type="button" className="link-button small" onClick={() => setPasting(true)}>
      {storesText.browser.paste}
    </button>
  )
  return (
    <div>
      <BrowserConnection form={form} other={browser.state.kind === 'waiting' ? null : paste} />
      {errors.secret !== undefined && (
        <p className="field-error small" role="alert">
          {errors.secret}
        </p>
      )}
    </div>
  )
}

interface ConnectSectionProps {
  form: StoreForm
  /** Empty: the source gets its destination later. */
  destinations: readonly DestinationRow[]
}

/** Where the store is, how Ledgerdrop signs in to it, and what the test of both found. */
export function ConnectSection({ form, destinations }: ConnectSectionProps) {
  const { draft, change, cannotStoreReason } = form
  return (
    <div className="store-columns">
      <div className="store-fields">
        <Address form={form} />
        {isPlainHttp(draft.address) && (
          <Checkbox
            label={text.allowHttp}
            description={text.allowHttpHint}
            checked={draft.allowsHttp}
            onChange={(event) => change({ allowsHttp: event.currentTarget.checked })}
          />
        )}
        <NameAndDestination form={form} destinations={destinations} />
        <SignInChoice form={form} />
        <SignIn key={draft.signIn} form={form} />
        <Checkbox
          label={text.ask}
          description={cannotStoreReason === null ? text.askHint : text.cannotKeep(cannotStoreReason)}
          disabled={cannotStoreReason !== null}
          checked={form.isSecretPrompted}
          onChange={(event) => change({ isSecretPrompted: event.currentTarget.checked })}
        />
      </div>
      <TestResult form={form} />
    </div>
  )
}

import type { NoticePreview } from '../../src-shared/mail'
import { widgetsText } from '../text/widgets-text'
import { ExternalText } from './external-text'
import { Verbatim } from './verbatim'

/** A preview of an email: recipient, subject and text. */
export function MailPreview({ label, mail }: { label: string; mail: NoticePreview }) {
  return (
    <div>
      <dl className="facts">
        <dt>{widgetsText.mail.to}</dt>
        <dd>
          <ExternalText text={mail.to} />
        </dd>
        <dt>{widgetsText.mail.subject}</dt>
        <dd>
          <ExternalText text={mail.subject} />
        </dd>
      </dl>
      <Verbatim label={label} text={mail.text} />
    </div>
  )
}

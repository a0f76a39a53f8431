import type { NoticePreview } from '../../src-shared/mail'
import { widgetsText } from '../text/widgets-text'
import { OutsideText } from './outside-text'
import { Verbatim } from './verbatim'

/** A mail as it will go out: to whom, subject and text. */
export function MailPreview({ label, mail }: { label: string; mail: NoticePreview }) {
  return (
    <div>
      <dl className="facts">
        <dt>{widgetsText.mail.to}</dt>
        <dd>
          <OutsideText text={mail.to} />
        </dd>
        <dt>{widgetsText.mail.subject}</dt>
        <dd>
          <OutsideText text={mail.subject} />
        </dd>
      </dl>
      <Verbatim label={label} text={mail.text} />
    </div>
  )
}

import { useState } from 'react'
import { widgetsText } from '../text/widgets-text'
import { OutsideText } from './outside-text'

const LONG_CHARACTERS = 700
const LONG_LINES = 6

/** Text from outside that may be very long: the first lines, and all of it on request. */
export function LongText({ text, className = '' }: { text: string; className?: string }) {
  const [isWhole, setWhole] = useState(false)
  const isLong = text.length > LONG_CHARACTERS || text.split('\n').length > LONG_LINES
  return (
    <div className={`long-text ${className}`}>
      {isWhole ? <OutsideText text={text} className="whole" /> : <OutsideText text={text} lines="many" />}
      {isLong && (
        <button type="button" className="link-button small" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? widgetsText.longText.less : widgetsText.longText.all}
        </button>
      )}
    </div>
  )
}

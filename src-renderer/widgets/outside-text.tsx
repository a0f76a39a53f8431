interface OutsideTextProps {
  text: string
  /** `1`: one line with an ellipsis and the whole text as title; `many`: up to six lines; left out: all of it. */
  lines?: '1' | 'many'
  className?: string
}

const MAX_TITLE_CHARACTERS = 300

/** Text from shoppers and accounting packages: keeps its own direction and never breaks the layout. */
export function OutsideText({ text, lines, className = '' }: OutsideTextProps) {
  return (
    <bdi className={`outside ${className}`} data-lines={lines} title={lines === '1' ? text.slice(0, MAX_TITLE_CHARACTERS) : undefined}>
      {text}
    </bdi>
  )
}

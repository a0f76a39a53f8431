import { Switch } from '@mantine/core'
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { Preview } from '../../src-shared/contract/contract'
import type { ExportProblem, TextRange, ValueChange } from '../../src-shared/failure'
import { ExternalText } from '../widgets/external-text'
import { ToneText } from '../widgets/tone-text'
import { showInvisible } from './invisible-characters'
import { markText, rowsOf } from './mark-text'
import './preview.css'
import { previewText } from '../text/preview-text'

const labels = previewText.pane

/** A problem or a change, with its number in the list and in the text. */
interface Finding {
  number: number
  tone: 'bad' | 'caution'
  at: TextRange | undefined
  title: string
}

interface MarkedTextProps {
  text: string
  findings: readonly Finding[]
  isInvisibleShown: boolean
}

function MarkedText({ text, findings, isInvisibleShown }: MarkedTextProps) {
  const segments = useMemo(
    () =>
      markText(
        text,
        findings.map((finding) => finding.at),
      ),
    [text, findings],
  )
  const numbered = new Set<number>()
  return rowsOf(segments).map((row, rowIndex) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows are identified by their position
    <span className="preview-row" key={rowIndex}>
      {row.map((segment, index) => {
        const shown = isInvisibleShown ? showInvisible(segment.text) : segment.text
        const marked = segment.marks.flatMap((mark) => findings[mark] ?? [])
        if (marked.length === 0) return shown
        const unnumbered = marked.filter((finding) => !numbered.has(finding.number))
        for (const finding of unnumbered) numbered.add(finding.number)
        return (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: segments are identified by their position
            key={index}
            data-tone={marked.some((finding) => finding.tone === 'bad') ? 'bad' : 'caution'}
            data-finding={unnumbered.map((finding) => finding.number).join(' ')}
            title={marked.map((finding) => finding.title).join('\n')}
          >
            {shown}
            {unnumbered.length > 0 && <sup aria-hidden data-numbers={unnumbered.map((finding) => finding.number).join(',')} />}
          </mark>
        )
      })}
    </span>
  ))
}

interface FindingItemProps {
  number: number
  at: TextRange | undefined
  onShow: (number: number) => void
}

function ShowButton({ number, at, onShow }: FindingItemProps) {
  if (at === undefined) return null
  return (
    <button type="button" className="link-button small" onClick={() => onShow(number)}>
      {labels.place(at.line, at.column)}
      <span className="hidden-words">{labels.showIt}</span>
    </button>
  )
}

function ProblemItem({ problem, ...finding }: FindingItemProps & { problem: ExportProblem }) {
  return (
    <li className="finding" data-tone="bad">
      <IconAlertTriangle size={15} aria-hidden />
      <div>
        <strong>
          {labels.nth(finding.number)} <ExternalText text={problem.message} />
        </strong>{' '}
        <ShowButton {...finding} />
        <p className="no-margin">{problem.remedy}</p>
      </div>
    </li>
  )
}

function BeforeText({ text }: { text: string }) {
  return (
    <>
      <ExternalText text={labels.quoted(text)} /> {labels.changedTo}{' '}
    </>
  )
}

function ChangeItem({ change, ...finding }: FindingItemProps & { change: ValueChange }) {
  return (
    <li className="finding" data-tone="caution">
      <IconPencil size={15} aria-hidden />
      <div>
        {labels.nth(finding.number)} {labels.field(change.field)} {change.before !== change.after && <BeforeText text={change.before} />}
        <ExternalText text={labels.quoted(change.after)} /> <ShowButton {...finding} />
        <p className="soft no-margin">
          <ExternalText text={change.reason} />
        </p>
      </div>
    </li>
  )
}

/** The exact text of a file that would be written, with its problems and changed values marked. */
export function PreviewPane({ preview }: { preview: Preview }) {
  const [isInvisibleShown, setInvisibleShown] = useState(false)
  const pane = useRef<HTMLDivElement>(null)
  const { problems, changes, text, encoding, isWritable } = preview
  const findings = useMemo<Finding[]>(
    () => [
      ...problems.map((problem, index) => ({ number: index + 1, tone: 'bad' as const, at: problem.at, title: problem.message })),
      ...changes.map((change, index) => ({
        number: problems.length + index + 1,
        tone: 'caution' as const,
        at: change.at,
        title: `${change.field}: ${change.reason}`,
      })),
    ],
    [problems, changes],
  )
  const show = (number: number) => {
    const mark = pane.current?.querySelector<HTMLElement>(`mark[data-finding~="${number}"]`)
    if (mark === undefined || mark === null) return
    mark.scrollIntoView({ block: 'center' })
    mark.dataset.shown = 'true'
    setTimeout(() => delete mark.dataset.shown, 1500)
  }

  return (
    <div className="preview-pane" ref={pane}>
      <div role="status" aria-label={labels.result}>
        <ToneText label={isWritable ? { text: labels.written, tone: 'good' } : { text: labels.notWritten(problems.length), tone: 'bad' }} />
      </div>
      {problems.length > 0 && (
        <ol className="findings" aria-label={labels.problems}>
          {problems.map((problem, index) => (
            <ProblemItem
              key={`${problem.code} ${problem.field} ${problem.message}`}
              problem={problem}
              number={index + 1}
              at={problem.at}
              onShow={show}
            />
          ))}
        </ol>
      )}
      {text !== '' && (
        <>
          <div className="preview-head">
            <Switch
              label={labels.invisible}
              checked={isInvisibleShown}
              onChange={(event) => setInvisibleShown(event.currentTarget.checked)}
            />
            <span className="soft small">{encoding}</span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
          <section className="verbatim preview-text" tabIndex={0} aria-label={isWritable ? labels.file : labels.draft}>
            <pre>
              <MarkedText text={text} findings={findings} isInvisibleShown={isInvisibleShown} />
            </pre>
          </section>
        </>
      )}
      {changes.length > 0 && (
        <details className="preview-changes" open>
          <summary>{labels.changes(changes.length)}</summary>
          <ol className="findings" aria-label={labels.changed}>
            {changes.map((change, index) => (
              <ChangeItem
                key={`${change.field} ${change.after} ${change.reason}`}
                change={change}
                number={problems.length + index + 1}
                at={change.at}
                onShow={show}
              />
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

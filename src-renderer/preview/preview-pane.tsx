import { Switch } from '@mantine/core'
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { Preview } from '../../src-shared/contract/contract'
import type { ExportProblem, Place, ValueChange } from '../../src-shared/failure'
import { OutsideText } from '../widgets/outside-text'
import { ToneText } from '../widgets/tone-text'
import { showInvisible } from './invisible-characters'
import { markText, rowsOf } from './mark-text'
import './preview.css'
import { previewText } from '../text/preview-text'

const WORDS = previewText.pane

/** What was found out about a value, with its number in the list and in the text. */
interface Finding {
  number: number
  tone: 'bad' | 'caution'
  at: Place | undefined
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
  const begun = new Set<number>()
  return rowsOf(segments).map((row, rowIndex) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its position
    <span className="preview-row" key={rowIndex}>
      {row.map((segment, index) => {
        const shown = isInvisibleShown ? showInvisible(segment.text) : segment.text
        const found = segment.places.flatMap((place) => findings[place] ?? [])
        if (found.length === 0) return shown
        const fresh = found.filter((finding) => !begun.has(finding.number))
        for (const finding of fresh) begun.add(finding.number)
        return (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment is known by its position
            key={index}
            data-tone={found.some((finding) => finding.tone === 'bad') ? 'bad' : 'caution'}
            data-finding={fresh.map((finding) => finding.number).join(' ')}
            title={found.map((finding) => finding.title).join('\n')}
          >
            {shown}
            {fresh.length > 0 && <sup aria-hidden data-numbers={fresh.map((finding) => finding.number).join(',')} />}
          </mark>
        )
      })}
    </span>
  ))
}

interface FindingItemProps {
  number: number
  at: Place | undefined
  onShow: (number: number) => void
}

function PlaceButton({ number, at, onShow }: FindingItemProps) {
  if (at === undefined) return null
  return (
    <button type="button" className="link-button small" onClick={() => onShow(number)}>
      {WORDS.place(at.line, at.column)}
      <span className="hidden-words">{WORDS.showIt}</span>
    </button>
  )
}

function ProblemItem({ problem, ...place }: FindingItemProps & { problem: ExportProblem }) {
  return (
    <li className="finding" data-tone="bad">
      <IconAlertTriangle size={15} aria-hidden />
      <div>
        <strong>
          {WORDS.nth(place.number)} <OutsideText text={problem.message} />
        </strong>{' '}
        <PlaceButton {...place} />
        <p className="no-margin">{problem.remedy}</p>
      </div>
    </li>
  )
}

function BeforeText({ text }: { text: string }) {
  return (
    <>
      <OutsideText text={WORDS.quoted(text)} /> {WORDS.became}{' '}
    </>
  )
}

function ChangeItem({ change, ...place }: FindingItemProps & { change: ValueChange }) {
  return (
    <li className="finding" data-tone="caution">
      <IconPencil size={15} aria-hidden />
      <div>
        {WORDS.nth(place.number)} {WORDS.field(change.field)} {change.before !== change.after && <BeforeText text={change.before} />}
        <OutsideText text={WORDS.quoted(change.after)} /> <PlaceButton {...place} />
        <p className="soft no-margin">
          <OutsideText text={change.reason} />
        </p>
      </div>
    </li>
  )
}

/** The exact text of a file that would be written, its problems and what was changed on the way, marked at their place. */
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
      <div role="status" aria-label={WORDS.result}>
        <ToneText words={isWritable ? { text: WORDS.written, tone: 'good' } : { text: WORDS.notWritten(problems.length), tone: 'bad' }} />
      </div>
      {problems.length > 0 && (
        <ol className="findings" aria-label={WORDS.problems}>
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
              label={WORDS.invisible}
              checked={isInvisibleShown}
              onChange={(event) => setInvisibleShown(event.currentTarget.checked)}
            />
            <span className="soft small">{encoding}</span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
          <section className="verbatim preview-text" tabIndex={0} aria-label={isWritable ? WORDS.file : WORDS.draft}>
            <pre>
              <MarkedText text={text} findings={findings} isInvisibleShown={isInvisibleShown} />
            </pre>
          </section>
        </>
      )}
      {changes.length > 0 && (
        <details className="preview-changes" open>
          <summary>{WORDS.changes(changes.length)}</summary>
          <ol className="findings" aria-label={WORDS.changed}>
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

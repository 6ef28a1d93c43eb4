// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks'
import type { FileOptions } from '../../api/start'
import { Choice, Field } from '../../components/form'
import { Section } from '../../components/section'
import { useApp } from '../../state/app'

interface Props {
  file: File | null
  how: FileOptions
  /** of the workbook */
  sheets: readonly string[]
  /** the file could not be read as it is: what may help is shown */
  asked: boolean
  busy: boolean
  onTake: (file: File, how: FileOptions) => void
}

/** Dropped, or chosen with the keyboard; and what is said about the file, as on the command line. */
export function DataFile({ file, how, sheets, asked, busy, onTake }: Props) {
  const { t } = useApp()
  const [over, setOver] = useState(false)
  const [typed, setTyped] = useState(how)
  useEffect(() => setTyped(how), [how]) // a question was answered by a button
  const put = (part: Partial<FileOptions>): void => setTyped((old) => ({ ...old, ...part }))
  const take = (files: FileList | null | undefined): void => {
    const first = files?.[0]
    if (!first) return
    const fresh = { ...typed, sheet: '' } // another file has other sheets
    setTyped(fresh)
    onTake(first, fresh)
  }
  const field = (name: 'timezone' | 'start' | 'step' | 'no_data', label: string, hint: string) => (
    <Field label={label} hint={hint} value={typed[name]} onInput={(e) => put({ [name]: e.currentTarget.value })} />
  )
  const pickSheet = (sheet: string): void => {
    put({ sheet })
    if (file) onTake(file, { ...typed, sheet })
  }
  return (
    <Section id="start-file" title={t('start.file')} caption={t('start.file.caption')}>
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault()
          setOver(false)
          take(e.dataTransfer?.files)
        }}
      >
        <label class="field file">
          <span>{file ? file.name : t('start.drop')}</span>
          {/* The browser's own words on a file field are in the browser's language: ours stand over it. */}
          <input type="file" accept=".csv,.txt,.tsv,.lvm,.xlsx" disabled={busy} onChange={(e) => take(e.currentTarget.files)} />
          <span class="choose" aria-hidden="true">
            {t('start.choose')}
          </span>
        </label>
        {field('timezone', t('start.timezone'), t('start.timezone.hint'))}
        {sheets.length > 1 && (
          <Choice label={t('start.sheet')} value={how.sheet} options={sheets.map((s) => [s, s] as const)} onChange={pickSheet} />
        )}
        {file && (
          <button type="button" disabled={busy} onClick={() => onTake(file, { ...typed, sheet: how.sheet })}>
            {busy ? t('start.working') : t('start.again')}
          </button>
        )}
        <details class="more" open={asked || typed.start !== '' || typed.no_data !== '' || typed.decimal !== '' || typed.dates !== ''}>
          <summary>{t('start.more')}</summary>
          <div>
            {field('start', t('start.start'), t('start.start.hint'))}
            {field('step', t('start.step'), t('start.step.hint'))}
            {field('no_data', t('start.no_data'), t('start.no_data.hint'))}
            <Choice
              label={t('start.decimal')}
              hint={t('start.decimal.hint')}
              value={typed.decimal}
              options={[
                ['', t('start.decimal.by_itself')],
                ['point', '1234.5'],
                ['comma', '1234,5'],
              ]}
              onChange={(decimal) => put({ decimal })}
            />
            <Choice
              label={t('start.dates')}
              hint={t('start.dates.hint')}
              value={typed.dates}
              options={[
                ['', t('start.decimal.by_itself')],
                ['dmy', t('start.dates.dmy')],
                ['mdy', t('start.dates.mdy')],
                ['ymd', t('start.dates.ymd')],
              ]}
              onChange={(dates) => put({ dates })}
            />
          </div>
        </details>
      </div>
    </Section>
  )
}

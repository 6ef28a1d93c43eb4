// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { Field } from '../../components/form'
import { Section } from '../../components/section'
import { useApp } from '../../state/app'

interface Props {
  file: File | null
  zone: string
  busy: boolean
  onTake: (file: File, zone: string) => void
}

/** Dropped, or chosen with the keyboard; and the clock of times that do not say theirs. */
export function DataFile({ file, zone, busy, onTake }: Props) {
  const { t } = useApp()
  const [over, setOver] = useState(false)
  const [typed, setTyped] = useState(zone)
  const take = (files: FileList | null | undefined): void => {
    const first = files?.[0]
    if (first) onTake(first, typed.trim())
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
        <label class="field">
          {file ? file.name : t('start.drop')}
          <input type="file" accept=".csv,.txt,.tsv,.lvm,.xlsx" disabled={busy} onChange={(e) => take(e.currentTarget.files)} />
        </label>
        <Field label={t('start.zone')} hint={t('start.zone.hint')} value={typed} onInput={(e) => setTyped(e.currentTarget.value)} />
        {file && (
          <button type="button" disabled={busy} onClick={() => onTake(file, typed.trim())}>
            {busy ? t('start.working') : t('start.again')}
          </button>
        )}
      </div>
    </Section>
  )
}

// SPDX-License-Identifier: Apache-2.0
// Marks on the time axis as a table below the charts, and for those who may a form to write one at the cursor.
import { useState } from 'preact/hooks'
import { addMark, deleteMark } from '../../api/notes'
import type { TimeMark } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Choice, Failed, Field, Form } from '../../components/form'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { TimeField } from '../../components/time_field'
import type { Range } from '../../lib/range'
import { fromInput, when } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'

const KINDS = ['stop', 'exchange', 'difficulty', 'note'] as const

interface Props {
  marks: readonly TimeMark[]
  range: Range
  /** [s]; null where nothing is pointed at */
  cursor: number | null
  again: () => void
}

export function Marks({ marks, range, cursor, again }: Props) {
  const { t, session } = useApp()
  const act = useAct()
  const may = session !== null && !session.open && session.role !== null && session.role !== 'viewer'
  const now = serverNow()
  const remove = (m: TimeMark) =>
    m.mine &&
    may && (
      <button
        type="button"
        class="small"
        aria-label={t('marks.remove', { text: m.text })}
        onClick={() => act.run(() => deleteMark(m.id).then(again))}
      >
        ×
      </button>
    )
  return (
    <details class="behind">
      <summary>
        {t('marks')} {marks.length}
      </summary>
      <p class="caption">{t('marks.caption')}</p>
      <Table
        label={t('marks')}
        rows={marks}
        id={(m) => String(m.id)}
        empty={t('marks.none', { from: when(range.from, now), to: when(range.to, now) })}
        columns={[
          { key: 'time', head: t('trends.time'), by: (m) => m.time, cell: (m) => <When ms={m.time} /> },
          { key: 'kind', head: t('marks.kind'), by: (m) => m.kind, cell: (m) => t(`marks.kind.${m.kind}`) },
          { key: 'text', head: t('marks.text'), by: (m) => m.text, cell: (m) => m.text },
          { key: 'who', head: t('marks.who'), by: (m) => m.who, cell: (m) => m.who },
          { key: 'remove', head: '', cell: remove },
        ]}
      />
      <Failed of={act} />
      {may && <Add at={cursor === null ? now : cursor * 1000} done={again} />}
    </details>
  )
}

function Add({ at, done }: { at: number; done: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const [kind, setKind] = useState<TimeMark['kind']>('note')
  const [time] = useState(at)
  const submit = (values: FormData, reset: () => void): void =>
    act.run(async () => {
      await addMark(fromInput(String(values.get('time'))) ?? time, kind, String(values.get('text')))
      reset()
      done()
    })
  return (
    <Form act={act} button={t('marks.add')} onSubmit={submit}>
      <TimeField key={Math.round(at / 60_000)} name="time" label={t('trends.time')} value={at} />
      <Choice
        name="kind"
        label={t('marks.kind')}
        value={kind}
        options={KINDS.map((k) => [k, t(`marks.kind.${k}`)] as const)}
        onChange={setKind}
      />
      <Field name="text" label={t('marks.text')} maxLength={200} autocomplete="off" required />
    </Form>
  )
}

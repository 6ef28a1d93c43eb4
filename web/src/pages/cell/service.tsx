// SPDX-License-Identifier: Apache-2.0
// Who exchanged what, and when; engineers write it down, and the cell starts anew from then.
import { useState } from 'preact/hooks'
import { addService } from '../../api/cells'
import type { CellPart, CellService } from '../../api/schemas'
import { serverNow } from '../../api/server_clock'
import { Choice, Field, Form } from '../../components/form'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { TimeField } from '../../components/time_field'
import { fromInput } from '../../lib/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'

/** 500 bytes, of which a character takes three at most. */
const MOST = 166

const PARTS = ['membrane', 'anode_coating', 'cathode_coating', 'other'] as const

interface Props {
  cell: string
  of: readonly CellService[]
  again: () => void
}

export function Service({ cell, of, again }: Props) {
  const { t, session } = useApp()
  const may = session?.role === 'engineer' || session?.role === 'administrator'
  return (
    <>
      <Table
        label={t('room.service')}
        rows={of}
        id={(s) => `${s.when} ${s.at} ${s.what}`}
        empty={t('room.service.none')}
        stacks
        columns={[
          { key: 'when', head: t('room.service.when'), by: (s) => s.when, cell: (s) => <When ms={s.when} /> },
          { key: 'what', head: t('room.service.what'), by: (s) => s.what, cell: (s) => t(`cell.part.${s.what}`), early: true },
          { key: 'note', head: t('room.service.note'), cell: (s) => s.note },
          { key: 'by', head: t('marks.who'), by: (s) => s.by, cell: (s) => s.by },
          { key: 'at', head: t('room.service.at'), by: (s) => s.at, cell: (s) => <When ms={s.at} /> },
        ]}
      />
      {may ? <Add cell={cell} done={again} /> : <p class="small quiet">{t('room.service.who')}</p>}
    </>
  )
}

function Add({ cell, done }: { cell: string; done: () => void }) {
  const { t } = useApp()
  const act = useAct()
  const [what, setWhat] = useState<CellPart | ''>('') // nothing is chosen beforehand: what is written stays
  const [time] = useState(serverNow)
  const submit = (values: FormData, reset: () => void): void =>
    act.run(async () => {
      if (what === '') return
      await addService(cell, what, fromInput(String(values.get('when'))) ?? time, String(values.get('note')))
      reset()
      setWhat('')
      done()
    })
  return (
    <>
      <p class="caption">{t('room.service.caption')}</p>
      <Form act={act} button={t('room.service.add')} onSubmit={submit}>
        <Choice
          name="what"
          label={t('room.service.what')}
          value={what}
          options={[['', t('room.service.choose')] as const, ...PARTS.map((p) => [p, t(`cell.part.${p}`)] as const)]}
          required
          onChange={setWhat}
        />
        <TimeField name="when" label={t('room.service.when')} value={time} />
        <Field name="note" label={t('room.service.note')} maxLength={MOST} autocomplete="off" />
      </Form>
    </>
  )
}

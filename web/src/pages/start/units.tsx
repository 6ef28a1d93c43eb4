// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import type { StartRead } from '../../api/start'
import { Choice, Field } from '../../components/form'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { freeName, LETTERS, withoutUnit, type Draft, type DraftUnit } from '../../lib/sketch'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'

interface Props {
  draft: Draft
  models: StartRead['models']
  change: (f: (d: Draft) => Draft) => void
}

/** The boxes of the plant: what pipes join. */
export function PlantUnits({ draft, models, change }: Props) {
  const { t } = useApp()
  const [model, setModel] = useState('node')
  const put = (name: string, part: Partial<DraftUnit>): void =>
    change((d) => ({ ...d, units: d.units.map((u) => (u.name === name ? { ...u, ...part } : u)) }))
  const add = (): void =>
    change((d) => ({ ...d, units: [...d.units, { name: freeName(d, LETTERS[model] ?? 'N'), model, parameters: {} }] }))
  const parameters = (u: DraftUnit) =>
    models
      .find((m) => m.name === u.model)
      ?.required.map((p) => (
        <label class="given" key={p.name}>
          {sayCode(t, 'parameter', p.name)}
          {p.unit !== '1' && ` [${p.unit}]`}{' '}
          <input
            inputMode="decimal"
            size={7}
            value={u.parameters[p.name] ?? ''}
            onInput={(e) => put(u.name, { parameters: { ...u.parameters, [p.name]: e.currentTarget.value } })}
          />
        </label>
      ))
  return (
    <Section id="start-units" title={t('start.units')} caption={t('start.units.caption')}>
      <div class="plant-name">
        <Field label={t('start.plant_name')} value={draft.name} onInput={(e) => change((d) => ({ ...d, name: e.currentTarget.value }))} />
      </div>
      {draft.units.length > 0 && (
        <Table
          label={t('start.units')}
          rows={draft.units}
          id={(u) => u.name}
          columns={[
            { key: 'name', head: t('start.name'), cell: (u) => u.name },
            { key: 'model', head: t('start.model'), cell: (u) => sayCode(t, 'model', u.model) },
            { key: 'given', head: t('start.given'), cell: parameters },
            {
              key: 'remove',
              head: '',
              cell: (u) => (
                <button
                  type="button"
                  class="small"
                  aria-label={t('start.remove_of', { name: u.name })}
                  onClick={() => change((d) => withoutUnit(d, u.name))}
                >
                  {t('start.remove')}
                </button>
              ),
            },
          ]}
        />
      )}
      <p class="adding">
        <Choice
          bare
          label={t('start.model')}
          value={model}
          options={models.map((m) => [m.name, sayCode(t, 'model', m.name)])}
          onChange={setModel}
        />
        <button type="button" onClick={add}>
          {t('start.add_unit')}
        </button>
      </p>
    </Section>
  )
}

// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import type { StartRead } from '../../api/start'
import { Choice, Field } from '../../components/form'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import { forTheOthers, freeName, LETTERS, unitsOf, withoutUnit, withParameter, type Draft, type DraftUnit } from '../../lib/sketch'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'
import { Prices } from './prices'

type Parameter = StartRead['models'][number]['required'][number]

interface Props {
  draft: Draft
  models: StartRead['models']
  change: (f: (d: Draft) => Draft) => void
}

/** The boxes of the plant: what pipes join. */
export function PlantUnits({ draft, models, change }: Props) {
  const { t } = useApp()
  const [model, setModel] = useState('node')
  const add = (): void =>
    change((d) => {
      const name = freeName(d, LETTERS[model] ?? 'N')
      // A rectifier that comes alone feeds the only unit there is for it.
      const fed = models.find((m) => m.name === model)?.feeds
      const them = fed ? unitsOf(d, fed).map((u) => u.name) : []
      return { ...d, units: [...d.units, { name, model, parameters: {}, feeds: them.length === 1 ? them : [] }] }
    })
  const parameter = (u: DraftUnit, p: Parameter, name: preact.ComponentChild, required: boolean) => (
    <label class="given" key={p.name} title={p.about}>
      {name}
      {p.unit !== '1' && ` [${p.unit}]`}{' '}
      <input
        inputMode="decimal"
        size={7}
        value={u.parameters[p.name] ?? ''}
        onInput={(e) => {
          const value = e.currentTarget.value
          change((d) => withParameter(d, u.name, p.name, value))
        }}
        onBlur={() => required && change((d) => forTheOthers(d, u.name, p.name))}
      />
    </label>
  )
  const parameters = (u: DraftUnit) => {
    const of = models.find((m) => m.name === u.model)
    if (!of) return null
    return (
      <>
        {of.required.map((p) => parameter(u, p, sayCode(t, 'parameter', p.name), true))}
        {of.feeds && <Feeds of={u} units={unitsOf(draft, of.feeds).map((x) => x.name)} change={change} />}
        {of.optional.length > 0 && (
          <details>
            <summary>{t('start.optional', { n: of.optional.length })}</summary>
            <ul class="optional">
              {of.optional.map((p) => (
                <li key={p.name}>
                  {parameter(u, p, <code>{p.name}</code>, false)} <span class="quiet">{p.about}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </>
    )
  }
  return (
    <Section id="start-units" title={t('start.units')} caption={t('start.units.caption')}>
      <div class="plant-name">
        <Field label={t('start.plant_name')} value={draft.name} onInput={(e) => change((d) => ({ ...d, name: e.currentTarget.value }))} />
      </div>
      <Prices draft={draft} change={change} />
      {draft.units.length > 0 && (
        <Table
          stacks
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

/** Which units have a rectifier's direct current. */
function Feeds({ of, units, change }: { of: DraftUnit; units: string[]; change: Props['change'] }) {
  const { t } = useApp()
  const turn = (name: string, on: boolean): void =>
    change((d) => ({
      ...d,
      units: d.units.map((u) => (u.name === of.name ? { ...u, feeds: on ? [...u.feeds, name] : u.feeds.filter((f) => f !== name) } : u)),
    }))
  return (
    <span class="given">
      {t('start.feeds')}{' '}
      {units.map((name) => (
        <label key={name} class="fed">
          <input
            type="checkbox"
            aria-label={t('start.feeds_of', { rectifier: of.name, unit: name })}
            checked={of.feeds.includes(name)}
            onChange={(e) => turn(name, e.currentTarget.checked)}
          />{' '}
          {name}
        </label>
      ))}
    </span>
  )
}

// SPDX-License-Identifier: Apache-2.0
import { useId } from 'preact/hooks'
import type { PriceFields } from '../../lib/prices'
import type { Draft } from '../../lib/sketch'
import { useApp } from '../../state/app'

interface Props {
  draft: Draft
  change: (f: (d: Draft) => Draft) => void
}

const UNITS = { electricity: '/(kW·h)', steam: '/t', auxiliaries: 'kW·h/t' } as const
const field = (key: keyof PriceFields): string => `start-price-${key}`

/** What findings ask for before a loss has a cost: keys of [economics]. */
export function Prices({ draft, change }: Props) {
  const { t } = useApp()
  const hint = useId()
  const put = (key: keyof Draft['prices'], value: string): void => change((d) => ({ ...d, prices: { ...d.prices, [key]: value } }))
  const price = (key: keyof PriceFields) => (
    <label class="given" key={key}>
      {t(`start.price.${key}`)} [{key === 'auxiliaries' ? '' : draft.prices.currency || '¤'}
      {UNITS[key]}]{' '}
      <input id={field(key)} inputMode="decimal" size={7} value={draft.prices[key]} onInput={(e) => put(key, e.currentTarget.value)} />
    </label>
  )
  return (
    <div class="prices" role="group" aria-label={t('start.prices')} aria-describedby={hint}>
      <label class="given">
        {t('start.currency')}{' '}
        <input size={4} maxLength={3} value={draft.prices.currency} onInput={(e) => put('currency', e.currentTarget.value)} />
      </label>
      {price('electricity')}
      {price('steam')}
      {price('auxiliaries')}
      <small class="quiet" id={hint}>
        {t('start.prices.hint')}
      </small>
    </div>
  )
}

/** From a sentence that misses a price to where it is given. */
export function GivePrice({ of }: { of: keyof PriceFields }) {
  const { t } = useApp()
  const show = (): void => {
    const at = document.getElementById(field(of))
    at?.scrollIntoView({ block: 'center' })
    at?.focus({ preventScroll: true })
  }
  return (
    <button type="button" class="small" onClick={show}>
      {t('start.price.give')}
    </button>
  )
}

// SPDX-License-Identifier: Apache-2.0
// The exchange plan as rows of a file: the digits of the page, without grouping, each head with its unit.
import { QUARTER, type StopPlan, type Sum } from '../../lib/exchange'
import { roundedMoney, shown, type Lang } from '../../lib/format'
import type { Say } from '../../text/words'
import { paybackIn } from './stop_table'

/** "2,142" and "−4" as programs read them. */
const plain = (text: string): string => text.replace(/,/g, '').replace(/−/g, '-')

export function csvRows(stops: readonly StopPlan[], currency: string, t: Say, lang: Lang): string[][] {
  const heads = [
    ...[t('room.electrolyser'), t('exchange.stop'), t('room.cell'), t('room.service.what')],
    ...[`${t('exchange.cost')} (${currency})`, `${t('exchange.standstill')} (${currency})`],
    ...[`${t('exchange.saving')} (${currency}/d)`, `± (${currency}/d)`, `${t('exchange.payback')} (d)`, '± (d)'],
    ...[`${t('exchange.waiting.day')} (${currency}/d)`, `${t('exchange.waiting.quarter')} (${currency}/${QUARTER} d)`],
  ]
  const price = (s: { value: number | null; sd?: number | null } | null, times = 1): string =>
    s === null || s.value === null ? '' : String(roundedMoney(s.value * times, s.sd == null ? null : s.sd * times))
  const sdOf = (s: { sd?: number | null } | null): string => (s?.sd == null ? '' : String(roundedMoney(s.sd, s.sd)))
  const days = (s: Sum | null): [string, string] => {
    const d = shown(s?.value, s?.sd, lang)
    return [plain(d.value), plain(d.sd)]
  }
  const rows = stops.flatMap((stop) =>
    stop.rows.map((x) => [
      ...[stop.electrolyser, t(`exchange.${stop.when}`), x.cell, t(`cell.part.${x.what}`)],
      ...[price(x.cost), stop.when === 'own_stop' ? price(x.standstill) : ''],
      ...[price(x.saving), sdOf(x.saving), ...days(paybackIn(x))],
      ...[price(x.cost_of_waiting), price(x.cost_of_waiting, QUARTER)],
    ]),
  )
  return [heads, ...rows]
}

// SPDX-License-Identifier: Apache-2.0
// What is paid for, as somebody types it on the page Start.

/** Keys of [economics]; "" where nobody said it. */
export interface PriceFields {
  electricity: string
  steam: string
  auxiliaries: string
}
export interface DraftPrices extends PriceFields {
  /** three capital letters */
  currency: string
}
export const NO_PRICES: DraftPrices = { currency: 'CNY', electricity: '', steam: '', auxiliaries: '' }

/** The part of a sketch that says them: nothing where none is given; a decimal comma becomes a point. */
export function pricesOf({ currency, ...prices }: DraftPrices): { currency?: string; economics?: Record<string, string> } {
  const given = Object.entries(prices).map(([key, price]) => [key, price.trim().replace(/^(\d*),(\d+)$/, '$1.$2')] as const)
  if (given.every(([, price]) => price === '')) return {}
  return { currency: currency.trim().toUpperCase(), economics: Object.fromEntries(given) }
}

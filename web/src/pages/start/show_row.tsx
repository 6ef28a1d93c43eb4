// SPDX-License-Identifier: Apache-2.0
import { useApp } from '../../state/app'

const TABLES = { 2: 'start-units', 3: 'start-meters', 4: 'start-pipes' } as const

/** Leads to the row of the table that a sentence is about, and puts the keyboard there. */
export function ShowRow({ table, row }: { table: keyof typeof TABLES; row: string }) {
  const { t } = useApp()
  const show = (): void => {
    const section = document.querySelector(`section[aria-labelledby=${TABLES[table]}]`)
    const at =
      section?.querySelector<HTMLElement>(`tr[data-row=${JSON.stringify(row)}]`) ?? section?.querySelector<HTMLElement>('select, button')
    at?.scrollIntoView({ block: 'center' })
    ;(at?.querySelector<HTMLElement>('select, input, button') ?? at)?.focus({ preventScroll: true })
  }
  return (
    <button type="button" class="small" onClick={show}>
      {t('start.show')}
    </button>
  )
}

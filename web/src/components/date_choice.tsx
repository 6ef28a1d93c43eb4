// SPDX-License-Identifier: Apache-2.0
// How dates are written, each form shown by today's.
import { serverNow } from '../api/server_clock'
import { date, DATE_FORMS } from '../lib/time'
import { useApp } from '../state/app'
import { Choice } from './form'

export function DateChoice() {
  const { dates, setDates, t } = useApp()
  const options = DATE_FORMS.map((form) => [form, date(serverNow(), form)] as const)
  return (
    <span title={t('dates')}>
      <Choice bare label={t('dates')} value={dates} options={options} onChange={setDates} />
    </span>
  )
}

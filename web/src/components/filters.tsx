// SPDX-License-Identifier: Apache-2.0
// Above a table: words that its rows must have, other choices beside them, and how many rows are left.
import { useApp } from '../state/app'
import { Field } from './form'
import './filters.css'

interface Props {
  text: string
  onText: (text: string) => void
  /** rows shown, and rows in all */
  n: number
  total: number
  children?: preact.ComponentChildren
}

export function Filters({ text, onText, n, total, children }: Props) {
  const { t } = useApp()
  return (
    <div class="filters">
      <Field
        type="search"
        label={t('table.filter')}
        value={text}
        placeholder={t('table.filter_hint')}
        onInput={(e) => onText(e.currentTarget.value)}
      />
      {children}
      <span class="quiet" role="status">
        {t('table.rows', { n, total })}
      </span>
    </div>
  )
}

// SPDX-License-Identifier: Apache-2.0
// A time to change, in the form that this person writes dates in. What is no time stays, and says how to write it.
import { useEffect, useState } from 'preact/hooks'
import { fromInput, toInput } from '../lib/time'
import { useApp } from '../state/app'
import { Field } from './form'

interface Props {
  label: string
  /** [ms]; null: none yet */
  value: number | null
  name?: string
  onTime?: (ms: number) => void
}

export function TimeField({ label, value, name, onTime }: Props) {
  const { dates, t } = useApp()
  const [text, setText] = useState(value === null ? '' : toInput(value))
  const given = value === null ? '' : toInput(value)
  useEffect(() => setText(given), [given, dates])
  const isWrong = text !== '' && fromInput(text) === null
  const example = toInput(new Date(2026, 10, 29, 14, 5).getTime()).slice(0, -3)
  const done = (): void => {
    const ms = fromInput(text)
    if (ms !== null && text !== given) onTime?.(ms)
  }
  return (
    <Field
      type="text"
      label={label}
      name={name}
      class="time"
      autocomplete="off"
      placeholder={example}
      value={text}
      aria-invalid={isWrong || undefined}
      title={isWrong ? t('date.wrong', { example }) : undefined}
      onInput={(e) => {
        const input = e.currentTarget
        setText(input.value)
        // A form with it is not sent: it would have no time.
        input.setCustomValidity(input.value !== '' && fromInput(input.value) === null ? t('date.wrong', { example }) : '')
      }}
      onBlur={done}
      onKeyDown={(e) => e.key === 'Enter' && !name && done()}
    />
  )
}

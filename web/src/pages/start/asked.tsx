// SPDX-License-Identifier: Apache-2.0
import type { ApiError } from '../../api/request'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'

interface Props {
  error: ApiError | null
  of: 'sheet' | 'data_unit' | 'dates'
  /** what was chosen already of this name */
  chosen: (name: string) => string
  onChoose: (name: string, option: string) => void
}

/** What the reader of the file asks back, with the answers to choose from. */
export function Asked({ error, of, chosen, onChoose }: Props) {
  const { t } = useApp()
  return (
    <>
      {error?.choices
        .filter((c) => c.of === of)
        .map((c) => (
          <div class="asked" role="group" key={c.name} aria-label={t(`start.ask.${of}`, { tag: c.name })}>
            <span>{t(`start.ask.${of}`, { tag: c.name })}</span>
            {c.options.map((o) => (
              <button type="button" key={o} aria-pressed={chosen(c.name) === o} onClick={() => onChoose(c.name, o)}>
                {of === 'dates' ? sayCode(t, 'start.dates', o) : o}
              </button>
            ))}
          </div>
        ))}
    </>
  )
}

interface OneOfProps<T extends string> {
  /** what is asked, for those who hear the page */
  label: string
  options: readonly (readonly [T, string])[]
  chosen?: T
  onChoose: (option: T) => void
}

/** What is asked of one meter, beside what it is about. */
export function OneOf<T extends string>({ label, options, chosen, onChoose }: OneOfProps<T>) {
  return (
    <span class="asked small" role="group" aria-label={label}>
      {options.map(([option, text]) => (
        <button
          type="button"
          class="small"
          key={option}
          aria-pressed={chosen === undefined ? undefined : chosen === option}
          onClick={() => onChoose(option)}
        >
          {text}
        </button>
      ))}
    </span>
  )
}

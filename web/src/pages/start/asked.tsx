// SPDX-License-Identifier: Apache-2.0
import type { ApiError } from '../../api/request'
import { useApp } from '../../state/app'

interface Props {
  error: ApiError | null
  of: 'sheet' | 'data_unit'
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
                {o}
              </button>
            ))}
          </div>
        ))}
    </>
  )
}

// SPDX-License-Identifier: Apache-2.0
// A row of buttons of which one is pressed.

interface Props<T extends string> {
  label: string
  options: readonly (readonly [value: T, text: string])[]
  /** null: none is pressed */
  value: T | null
  onChange: (value: T) => void
  /** the language of each button's own text, where it is not the page's */
  langs?: Record<T, string>
}

export function OneOf<T extends string>({ label, options, value, onChange, langs }: Props<T>) {
  return (
    <span role="group" aria-label={label} class="pair">
      {options.map(([v, text]) => (
        <button type="button" key={v} lang={langs?.[v]} aria-pressed={v === value} onClick={() => onChange(v)}>
          {text}
        </button>
      ))}
    </span>
  )
}

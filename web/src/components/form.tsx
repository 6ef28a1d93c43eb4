// SPDX-License-Identifier: Apache-2.0
// Forms: fields under their labels, one button that waits for the server, and below it what the server said against them.
//
//   const act = useAct()
//   <Form act={act} button={t('people.add')} onSubmit={(values, reset) => act.run(async () => { await add(values); reset() })}>
//     <Field name="password" type="password" label={t('sign_in.password')} hint={t('people.password_rule')} required />
//   </Form>
import { createContext } from 'preact'
import { useContext, useId } from 'preact/hooks'
import type { ApiError } from '../api/request'
import { useApp } from '../state/app'
import type { Act } from '../state/act'
import { errorText } from './notices'
import { Prose } from './prose'
import { Shape } from './shape'
import './form.css'

/** What the server refused: the id of the text that says so, and the names of the fields that it names. */
const Refusal = createContext<{ id: string; fields: readonly string[] }>({ id: '', fields: [] })

interface FormProps {
  act: Act
  button: string
  /** fields in a row, or one below the other with a button that stands out */
  layout?: 'inline' | 'stack'
  /** words of its own for an error */
  said?: (e: ApiError) => string
  onSubmit: (values: FormData, reset: () => void) => void
  children: preact.ComponentChildren
}

export function Form({ act, button, layout = 'inline', said, onSubmit, children }: FormProps) {
  const id = useId()
  const submit = (e: preact.TargetedSubmitEvent<HTMLFormElement>): void => {
    e.preventDefault()
    const form = e.currentTarget
    onSubmit(new FormData(form), () => form.reset())
  }
  return (
    <Refusal.Provider value={{ id, fields: act.error?.problems.map((p) => p.where) ?? [] }}>
      <form class={layout} onSubmit={submit}>
        {children}
        <button class={layout === 'stack' ? 'primary' : ''} disabled={act.busy}>
          {button}
        </button>
        <Failed of={act} id={id} said={said} />
      </form>
    </Refusal.Provider>
  )
}

/** What went wrong, in words. */
export function Failed({ of, id, said }: { of: Pick<Act, 'error'>; id?: string; said?: ((e: ApiError) => string) | undefined }) {
  const { t, lang } = useApp()
  if (!of.error) return null
  return (
    <p id={id} role="alert" class="bad failed">
      <Shape kind="bad" /> <Prose text={said ? said(of.error) : errorText(t, lang, of.error)} />
    </p>
  )
}

export interface Labelling {
  label: string
  hint?: string
  /** the label is heard but not seen: where a column or a row says already what it is */
  bare?: boolean
}
type Input = Omit<preact.JSX.IntrinsicElements['input'], 'label' | 'id'>

export function Field({ label, hint, bare, ...input }: Labelling & Input) {
  return (
    <Labelled {...{ label, hint, bare }} name={String(input.name ?? '')}>
      {(ties) => <input {...ties} placeholder={bare ? label : undefined} {...input} />}
    </Labelled>
  )
}

interface ChoiceProps<T extends string> extends Labelling {
  name?: string
  value: T
  options: readonly (readonly [value: T, text: string])[]
  /** the browser asks for one that is not '' */
  required?: boolean
  onChange: (value: T) => void
}

export function Choice<T extends string>({ label, hint, bare, name = '', value, options, required, onChange }: ChoiceProps<T>) {
  return (
    <Labelled {...{ label, hint, bare }} name={name}>
      {(ties) => (
        <select {...ties} name={name || undefined} value={value} required={required} onChange={(e) => onChange(e.currentTarget.value as T)}>
          {options.map(([v, text]) => (
            <option key={v} value={v}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface LabelledProps {
  label: string
  hint: string | undefined
  bare: boolean | undefined
  name: string
  /** @param ties what ties the control to its label, its hint and, where the server named it, the text of the refusal */
  children: (ties: Ties) => preact.ComponentChild
}
interface Ties {
  id: string
  'aria-label': string | undefined
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

function Labelled({ label, hint, bare, name, children }: LabelledProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const refusal = useContext(Refusal)
  const refused = name !== '' && refusal.fields.includes(name)
  const control = children({
    id,
    'aria-label': bare ? label : undefined,
    'aria-invalid': refused || undefined,
    'aria-describedby': [hint && hintId, refused && refusal.id].filter(Boolean).join(' ') || undefined,
  })
  if (bare) return <>{control}</>
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <small id={hintId} class="quiet">
          {hint}
        </small>
      )}
      {control}
    </div>
  )
}

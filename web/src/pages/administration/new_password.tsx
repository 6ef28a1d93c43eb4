// SPDX-License-Identifier: Apache-2.0
// A password that is chosen now; the server has the last word on it.
import { Field, type Labelling } from '../../components/form'

export function NewPassword(props: Labelling & { autofocus?: boolean }) {
  return <Field name="password" type="password" autocomplete="new-password" minLength={10} required {...props} />
}

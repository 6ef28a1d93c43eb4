// SPDX-License-Identifier: Apache-2.0
// What an account or a token may do.
import type { Role } from '../../api/schemas'
import { Choice } from '../../components/form'
import { useApp } from '../../state/app'

/** From the least to the most that one may do. */
export const ROLES: readonly Role[] = ['viewer', 'operator', 'engineer', 'administrator']

interface Props {
  /** whose role it is, where a table shows many */
  of?: string
  value: Role
  roles: readonly Role[]
  onChange: (r: Role) => void
}

export function RoleChoice({ of, value, roles, onChange }: Props) {
  const { t } = useApp()
  const options = roles.map((r) => [r, t(`role.${r}`)] as const)
  const label = of === undefined ? t('people.role') : `${t('people.role')}: ${of}`
  return <Choice name="role" label={label} bare={of !== undefined} value={value} options={options} onChange={onChange} />
}

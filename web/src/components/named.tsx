// SPDX-License-Identifier: Apache-2.0
// What people call a thing, and its code small beside it.
export function Named({ name, code }: { name: string | null; code: string }) {
  if (!name || name === code) return <>{code}</>
  if (code === '') return <>{name}</>
  return (
    <>
      {name} <small class="quiet nowrap">{code}</small>
    </>
  )
}

// SPDX-License-Identifier: Apache-2.0
// A time on the screen is local and short; the whole of it, with the offset, on hover and for those who listen.
import { serverNow } from '../api/server_clock'
import { when, whole } from '../lib/time'
import { useApp } from '../state/app'

export function When({ ms }: { ms: number | string | null }) {
  const { t } = useApp()
  if (ms === null) return <>{t('source.never')}</>
  const at = typeof ms === 'string' ? Date.parse(ms) : ms
  return (
    <time dateTime={new Date(at).toISOString()} title={whole(at)}>
      {when(at, serverNow())}
    </time>
  )
}

// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks'
import { span } from '../../lib/time'
import { useApp } from '../../state/app'
import type { Work } from './work'

/** How far the server is, for how long, and the button that stops it. */
export function Working({ of: { kind, since, progress, cancel } }: { of: NonNullable<Work['busy']> }) {
  const { lang, t } = useApp()
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const counted = progress !== null && progress.state === 'running' && progress.windows > 0
  const text = counted
    ? t('start.working.window', { n: Math.min(progress.looked_at + 1, progress.windows), windows: progress.windows })
    : progress?.state === 'waiting'
      ? t('start.working.in_line', { n: progress.before })
      : t(kind === 'read' || progress ? 'start.working.read' : 'start.working')
  return (
    <div class="working" role="group" aria-label={t('start.working')}>
      <progress aria-label={text} {...(counted ? { value: progress.looked_at, max: progress.windows } : {})} />
      <span>
        {text} · {span((now - since) / 1000, lang)}
      </span>
      <button type="button" onClick={cancel}>
        {t('start.cancel')}
      </button>
    </div>
  )
}

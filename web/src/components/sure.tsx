// SPDX-License-Identifier: Apache-2.0
// Asks once more before what cannot be undone.
import { useState } from 'preact/hooks'
import { useApp } from '../state/app'

export function Sure({ label, question, busy, onYes }: { label: string; question: string; busy: boolean; onYes: () => void }) {
  const { t } = useApp()
  const [asking, setAsking] = useState(false)
  const yes = (): void => {
    setAsking(false)
    onYes()
  }
  if (!asking)
    return (
      <button type="button" disabled={busy} onClick={() => setAsking(true)}>
        {label}
      </button>
    )
  return (
    <span>
      {question}{' '}
      <button type="button" class="danger" disabled={busy} onClick={yes}>
        {t('people.yes_remove')}
      </button>{' '}
      <button type="button" autofocus onClick={() => setAsking(false)}>
        {t('people.cancel')}
      </button>
    </span>
  )
}

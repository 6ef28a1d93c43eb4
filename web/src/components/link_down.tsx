// SPDX-License-Identifier: Apache-2.0
// Says that the line to the server is down, since when, and when the page knocks again.
import { span, when, whole } from '../lib/time'
import { useApp } from '../state/app'
import { feed, useLink, useNow } from '../state/live'
import { Notice } from './notices'

export function LinkDown() {
  const link = useLink()
  return link.up ? null : <LinkDownNotice since={link.since} retryAt={link.retryAt} />
}

function LinkDownNotice({ since, retryAt }: { since: number; retryAt: number }) {
  const { lang, t } = useApp()
  const now = useNow()
  const left = (retryAt - Date.now()) / 1000
  return (
    <Notice kind="bad" role="alert" button={{ text: t('error.retry_button'), onClick: () => feed.knock() }}>
      <span title={whole(since)}>{t('link.down', { time: when(since, now) })}</span>{' '}
      <span aria-live="off">{left > 0 && t('link.retry', { seconds: span(Math.ceil(left), lang) })}</span> {t('link.help')}
    </Notice>
  )
}

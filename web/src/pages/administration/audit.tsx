// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { audit } from '../../api/people'
import type { Audit } from '../../api/schemas'
import { Failed } from '../../components/form'
import { Load } from '../../components/notices'
import { Section } from '../../components/section'
import { Shape } from '../../components/shape'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'
import { detailOf, whoOf } from '../../text/audit_words'
import { sayCode } from '../../text/words'

const MOST = 2000 // entries held; the trail itself has no end

export function AuditTrail() {
  const { t } = useApp()
  const loaded = useLoaded((s) => audit(null, s), [])
  return (
    <Section id="audit" title={t('audit')}>
      <Load of={loaded} what="wait.people">
        {(data) => <Entries newest={data} />}
      </Load>
    </Section>
  )
}

/** The newest entries, and below them the older ones that were asked for. */
function Entries({ newest }: { newest: Audit }) {
  const { t, lang } = useApp()
  const [older, setOlder] = useState<Audit['entries']>([])
  const act = useAct()
  const first = newest.entries.at(-1)?.number ?? 0
  const all = [...newest.entries, ...older.filter((e) => e.number < first)]
  const last = all.at(-1)?.number ?? 0
  const more = (): void => act.run(async () => setOlder([...all.slice(newest.entries.length), ...(await audit(last)).entries]))
  return (
    <>
      <p class={newest.intact ? '' : 'bad'}>
        <Shape kind={newest.intact ? 'ok' : 'bad'} /> {newest.intact ? t('audit.intact') : t('audit.broken')}
      </p>
      <Table
        label={t('audit')}
        rows={all}
        id={(e) => String(e.number)}
        empty={t('audit.none')}
        columns={[
          { key: 'number', head: '#', by: (e) => e.number, cell: (e) => e.number },
          { key: 'time', head: t('audit.time'), by: (e) => e.time, cell: (e) => <When ms={e.time} /> },
          { key: 'who', head: t('audit.who'), by: (e) => e.who, cell: (e) => whoOf(lang, e) },
          { key: 'what', head: t('audit.what'), by: (e) => e.what, cell: (e) => sayCode(t, 'audit.what', e.what) },
          { key: 'detail', head: t('audit.detail'), by: (e) => e.detail, cell: (e) => detailOf(t, lang, e) },
          { key: 'address', head: t('audit.address'), by: (e) => e.address, cell: (e) => e.address },
        ]}
      />
      {last > 1 && all.length < MOST && (
        <button type="button" disabled={act.busy} onClick={more}>
          {t('audit.older')}
        </button>
      )}
      <Failed of={act} />
    </>
  )
}

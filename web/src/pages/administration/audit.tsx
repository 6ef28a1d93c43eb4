// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks'
import { audit, type Audit } from '../../api/client'
import { Load, Shape } from '../../components/notices'
import { useApp, useLoaded } from '../../components/state'
import { Table } from '../../components/table'
import { When } from '../../components/time'
import { sayCode } from '../../text/words'
import { Failed, useAct } from './act'

const MOST = 2000 // entries held; the trail itself has no end

export function AuditTrail() {
  const { t } = useApp()
  const loaded = useLoaded((s) => audit(null, s), [])
  const [older, setOlder] = useState<Audit['entries']>([])
  const act = useAct()
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">{t('audit')}</h2>
      <Load of={loaded} what="wait.people">
        {(data) => {
          const first = data.entries.at(-1)?.number ?? 0
          const all = [...data.entries, ...older.filter((e) => e.number < first)]
          const last = all.at(-1)?.number ?? 0
          return (
            <>
              <p class={data.intact ? '' : 'bad'}>
                <Shape kind={data.intact ? 'ok' : 'bad'} /> {data.intact ? t('audit.intact') : t('audit.broken')}
              </p>
              <Table
                label={t('audit')}
                rows={all}
                id={(e) => String(e.number)}
                empty={t('audit.none')}
                columns={[
                  { key: 'number', head: '#', by: (e) => e.number, cell: (e) => e.number },
                  { key: 'time', head: t('audit.time'), by: (e) => e.time, cell: (e) => <When ms={e.time} /> },
                  { key: 'who', head: t('audit.who'), by: (e) => e.who, cell: (e) => e.who },
                  { key: 'what', head: t('audit.what'), by: (e) => e.what, cell: (e) => sayCode(t, 'audit.what', e.what) },
                  { key: 'detail', head: t('audit.detail'), by: (e) => e.detail, cell: (e) => e.detail },
                  { key: 'address', head: t('audit.address'), by: (e) => e.address, cell: (e) => e.address },
                ]}
              />
              {last > 1 && all.length < MOST && (
                <button
                  type="button"
                  disabled={act.busy}
                  onClick={() => act.run(async () => setOlder([...all.slice(data.entries.length), ...(await audit(last)).entries]))}
                >
                  {t('audit.older')}
                </button>
              )}
            </>
          )
        }}
      </Load>
      <Failed of={act} />
    </section>
  )
}

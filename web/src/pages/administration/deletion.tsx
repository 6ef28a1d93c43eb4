// SPDX-License-Identifier: Apache-2.0
// Old readings whose deletion waits for an administrator: shown only while some do.
import { deleteWhatWaits } from '../../api/people'
import { Failed } from '../../components/form'
import { Section } from '../../components/section'
import { Sure } from '../../components/sure'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useOverview } from '../../state/overview'

export function Deletion() {
  const { t } = useApp()
  const act = useAct()
  const overview = useOverview()
  const waits = overview.data?.storage.deletion_waits
  if (!waits) return null
  return (
    <Section id="deletion" title={t('deletion.title')} caption={t('deletion.caption')}>
      <Sure
        label={t('deletion.delete', { count: waits.readings })}
        question={t('deletion.sure')}
        busy={act.busy}
        onYes={() => act.run(() => deleteWhatWaits().then(overview.again))}
      />
      <Failed of={act} />
    </Section>
  )
}

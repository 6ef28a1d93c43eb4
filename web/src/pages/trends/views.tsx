// SPDX-License-Identifier: Apache-2.0
// Saved views by name: one's own, and those that others share.
import { useState } from 'preact/hooks'
import { deleteView, keepView, views as askViews } from '../../api/notes'
import { Choice, Field, Form } from '../../components/form'
import { useAct } from '../../state/act'
import { useApp } from '../../state/app'
import { useLoaded } from '../../state/loaded'

export function Views({ onOpen }: { onOpen: (query: string) => void }) {
  const { t, session } = useApp()
  const loaded = useLoaded((s) => askViews(s), [], { everySeconds: 600 })
  const [chosen, setChosen] = useState('')
  const [shared, setShared] = useState(false)
  const act = useAct()
  const all = loaded.data?.views ?? []
  const view = all.find((v) => String(v.id) === chosen)
  const options = all.map((v) => [String(v.id), v.owner ? `${v.name} · ${v.owner}` : v.name] as const)
  const open = (id: string): void => {
    setChosen(id)
    const next = all.find((v) => String(v.id) === id)
    if (next) onOpen(next.query)
  }
  const keep = (values: FormData, reset: () => void): void =>
    act.run(async () => {
      const query = location.hash.split('?')[1] ?? '' // of what the page shows now
      await keepView({ name: String(values.get('name')), query, shared })
      reset()
      loaded.again()
    })
  return (
    <details class="views">
      <summary>{t('trends.views')}</summary>
      {all.length > 0 && (
        <Choice label={t('trends.view')} value={chosen} options={[['', t('trends.view.choose')], ...options]} onChange={open} />
      )}
      {view?.mine && (
        <button type="button" disabled={act.busy} onClick={() => act.run(() => deleteView(view.id).then(loaded.again))}>
          {t('trends.view.remove')}
        </button>
      )}
      {session?.open ? (
        <p class="small quiet">{t('trends.view.sign_in')}</p>
      ) : (
        <Form act={act} button={t('trends.view.save')} onSubmit={keep}>
          <Field name="name" label={t('trends.view.name')} maxLength={80} autocomplete="off" required />
          {session?.role !== 'viewer' && (
            <label>
              <input type="checkbox" checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} /> {t('trends.view.share')}
            </label>
          )}
        </Form>
      )}
    </details>
  )
}

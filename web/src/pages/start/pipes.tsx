// SPDX-License-Identifier: Apache-2.0
import type { StartRead } from '../../api/start'
import { Section } from '../../components/section'
import { Table } from '../../components/table'
import type { Looked } from '../../lib/picks'
import { ends, freeName, type Draft, type DraftPipe } from '../../lib/sketch'
import { useApp } from '../../state/app'
import { sayCode } from '../../text/words'
import { OneOf } from './asked'

interface Props {
  draft: Draft
  read: StartRead
  looked: Looked | null
  change: (f: (d: Draft) => Draft) => void
}

/** Out of which unit each pipe comes and into which it goes, and what flows in it. */
export function Pipes({ draft, read, looked, change }: Props) {
  const { t } = useApp()
  const put = (name: string, part: Partial<DraftPipe>): void =>
    change((d) => ({ ...d, pipes: d.pipes.map((p) => (p.name === name ? { ...p, ...part } : p)) }))
  const on = (p: DraftPipe): string[] => draft.meters.filter((m) => m.on === p.name).map((m) => m.tag)
  const end = (p: DraftPipe, key: 'from' | 'to', label: string) => (
    <select aria-label={`${label} ${p.name}`} value={p[key]} onChange={(e) => put(p.name, { [key]: e.currentTarget.value })}>
      <option value="">{t('start.outside')}</option>
      {ends(draft, read.models, key === 'to').map((o) => (
        <option key={o.value} value={o.value}>
          {o.every ? t('start.every_unit', { model: sayCode(t, 'model', o.every) }) : o.unit}
          {o.port && ` · ${sayCode(t, 'port', o.port)}`}
        </option>
      ))}
    </select>
  )
  const known = new Map(looked?.plant.pipes.map((p) => [p.name, p]))
  const byItself = (p: DraftPipe): string => {
    const of = known.get(p.name)
    if (p.contents !== '' || !of?.title || !of.by || of.by === 'picked') return t('start.by_ends')
    return t(of.by === 'tags' ? 'start.by_tags.as' : 'start.by_ends.as', { contents: of.title })
  }
  const contents = (p: DraftPipe) => (
    <>
      <select
        aria-label={`${t('start.contents')} ${p.name}`}
        value={p.contents}
        onChange={(e) => put(p.name, { contents: e.currentTarget.value })}
      >
        <option value="">{byItself(p)}</option>
        {read.contents
          .filter((c) => c.name !== 'mass')
          .map((c) => (
            <option key={c.name} value={c.name}>
              {c.title}
            </option>
          ))}
      </select>
      {p.contents === '' && (known.get(p.name)?.may_be.length ?? 0) > 0 && (
        <OneOf
          label={`${t('start.contents')} ${p.name}`}
          options={known.get(p.name)!.may_be.map((c) => [c.name, c.title] as const)}
          onChoose={(name) => put(p.name, { contents: name })}
        />
      )}
    </>
  )
  const remove = (p: DraftPipe) =>
    on(p).length === 0 && (
      <button
        type="button"
        class="small"
        aria-label={t('start.remove_of', { name: p.name })}
        onClick={() => change((d) => ({ ...d, pipes: d.pipes.filter((x) => x.name !== p.name) }))}
      >
        {t('start.remove')}
      </button>
    )
  return (
    <Section id="start-pipes" title={t('start.pipes')} caption={t('start.pipes.caption')}>
      <Table
        stacks
        label={t('start.pipes')}
        rows={draft.pipes}
        id={(p) => p.name}
        columns={[
          { key: 'name', head: t('start.name'), cell: (p) => p.name },
          { key: 'meters', head: t('start.meters_on'), cell: (p) => on(p).join(', ') || t('start.no_meter') },
          { key: 'from', head: t('start.from'), cell: (p) => end(p, 'from', t('start.from')) },
          { key: 'to', head: t('start.to'), cell: (p) => end(p, 'to', t('start.to')) },
          { key: 'contents', head: t('start.contents'), cell: contents },
          { key: 'remove', head: '', cell: remove },
        ]}
      />
      <p class="adding">
        <button
          type="button"
          onClick={() => change((d) => ({ ...d, pipes: [...d.pipes, { name: freeName(d, 'S'), from: '', to: '', contents: '' }] }))}
        >
          {t('start.add_pipe')}
        </button>
      </p>
    </Section>
  )
}

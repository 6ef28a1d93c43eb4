// SPDX-License-Identifier: Apache-2.0
// The tree of tags, the same on every page: a line for each branch, which opens. What is below is made only once it is open.
import { useMemo, useState } from 'preact/hooks'
import { fixed } from '../lib/format'
import { treeOf, type Branch, type Placed } from '../lib/tree'
import { useApp } from '../state/app'
import { Named } from './named'
import './tag_tree.css'

interface Props<T> {
  items: readonly T[]
  placed: (item: T) => Placed
  /** what stands at the end of a branch's line, as the health of what is below */
  note?: (items: readonly T[]) => preact.ComponentChildren
  leaves: (items: readonly T[]) => preact.ComponentChildren
}

export function TagTree<T>({ items, placed, note, leaves }: Props<T>) {
  const { t } = useApp()
  const branches = useMemo(
    () => treeOf(items, placed, { whole: t('tree.whole'), elsewhere: t('tree.elsewhere'), pushed: t('tree.pushed') }),
    [items, t],
  )
  return <Branches of={branches} note={note} leaves={leaves} />
}

type Parts<T> = { of: readonly Branch<T>[]; note: Props<T>['note'] | undefined; leaves: Props<T>['leaves'] }

function Branches<T>({ of, note, leaves }: Parts<T>) {
  return (
    <ul class="tree">
      {of.map((b) => (
        <li key={b.key}>
          <Line branch={b} note={note} leaves={leaves} />
        </li>
      ))}
    </ul>
  )
}

function Line<T>({ branch, note, leaves }: { branch: Branch<T> } & Omit<Parts<T>, 'of'>) {
  const { lang } = useApp()
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <Named name={branch.name} code={branch.code} /> <small class="quiet">{fixed(branch.items.length, 0, lang)}</small>{' '}
        {note?.(branch.items)}
      </summary>
      {open && branch.branches.length > 0 && <Branches of={branch.branches} note={note} leaves={leaves} />}
      {open && branch.leaves.length > 0 && leaves(branch.leaves)}
    </details>
  )
}

// SPDX-License-Identifier: Apache-2.0
// Pages about single cells: where castner.toml names none, they say how to set them up, and ask the server for nothing.
import { useApp } from '../state/app'
import { useOverview } from '../state/overview'
import { Load } from './notices'
import { Prose } from './prose'
import { Shape } from './shape'

export function WithCells({ children }: { children: () => preact.ComponentChildren }) {
  const { t } = useApp()
  return (
    <Load of={useOverview()} what="wait.overview">
      {(o) =>
        o.cells ? (
          children()
        ) : (
          <p>
            <Shape kind="none" /> <Prose text={t('room.not_set_up')} />
          </p>
        )
      }
    </Load>
  )
}

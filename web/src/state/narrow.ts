// SPDX-License-Identifier: Apache-2.0
// Whether the window is a phone's: 640 px and less, as in the style sheets.
import { useEffect, useState } from 'preact/hooks'

export function useNarrow(): boolean {
  const [query] = useState(() => matchMedia('(max-width: 640px)'))
  const [narrow, setNarrow] = useState(query.matches)
  useEffect(() => {
    const look = (): void => setNarrow(query.matches)
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [query])
  return narrow
}

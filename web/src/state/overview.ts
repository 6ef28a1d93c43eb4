// SPDX-License-Identifier: Apache-2.0
// The overview's answer, which the frame loads for every page.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Overview } from '../api/schemas'
import type { Loaded } from './loaded'

export const OverviewData = createContext<Loaded<Overview>>(null as unknown as Loaded<Overview>)
export const useOverview = (): Loaded<Overview> => useContext(OverviewData)

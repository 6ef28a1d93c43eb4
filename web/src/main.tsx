// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import { Castner } from './app'
import './style.css'

render(<Castner />, document.getElementById('app')!)

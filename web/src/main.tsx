// SPDX-License-Identifier: Apache-2.0
// The styles of the whole page come first, so that a component's own can overrule them.
import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/marks.css'
import { Castner } from './app'

render(<Castner />, document.getElementById('app')!)

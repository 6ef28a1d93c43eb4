// SPDX-License-Identifier: Apache-2.0
// English or Chinese, each called by its own name.
import { useApp } from '../state/app'
import { OneOf } from './one_of'

const NAMES = [
  ['en', 'EN'],
  ['zh', '中文'],
] as const
const CODES = { en: 'en', zh: 'zh-CN' }

export function LanguageChoice() {
  const { lang, setLang, t } = useApp()
  return <OneOf label={t('language')} options={NAMES} langs={CODES} value={lang} onChange={setLang} />
}

// SPDX-License-Identifier: Apache-2.0
// What an entry of the audit trail tells, in the language of the page. Names of accounts and tokens stay as people gave them:
// one may be called "operator" or "password".
import type { Audit } from '../api/schemas'
import type { Lang } from '../lib/format'
import { said } from './said'
import { sayCode, type Say } from './words'

type Entry = Pick<Audit['entries'][number], 'who' | 'what' | 'detail'>

/** An account by its name, a token as "token NAME". */
export const whoOf = (lang: Lang, { who }: Entry): string => (who.startsWith('token ') ? said(lang, who) : who)

export function detailOf(t: Say, lang: Lang, { what, detail }: Entry): string {
  if (what === 'balance.asked') return sayCode(t, 'why', detail)
  if (what === 'session.refused') return said(lang, detail)
  if (what === 'mark.added' || what === 'mark.removed')
    return detail.replace(/^(\S+) (\w+)(?=: )/, (_, at: string, kind: string) => `${at} ${sayCode(t, 'marks.kind', kind)}`) // TIME KIND: TEXT
  if (what === 'account.added' || what === 'token.added') return detail.replace(/\w+$/, (role) => sayCode(t, 'role', role)) // NAME: ROLE
  if (what === 'account.changed') return detail.replace(/(?<=: ).*/, (changes) => said(lang, changes)) // NAME: role ROLE, ...
  return detail
}

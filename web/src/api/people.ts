// SPDX-License-Identifier: Apache-2.0
// People: who is signed in; and for administrators accounts, tokens and the audit trail.
import { json, keepCsrf, query, send, type Signal } from './request'
import type { Account, Audit, MadeToken, Role, Schemas, Session, Token } from './schemas'

export async function session(): Promise<Session> {
  return keep(await json<Session>('/api/v1/session'))
}
export async function signIn(name: string, password: string): Promise<Session> {
  return keep(await json<Session>('/api/v1/session', { method: 'POST', body: { name, password } }))
}
export async function signOut(): Promise<void> {
  await send('/api/v1/session', { method: 'DELETE' })
  keepCsrf(null)
}
function keep(s: Session): Session {
  keepCsrf(s.csrf)
  return s
}
export const changePassword = async (current: string, next: string): Promise<void> =>
  void (await send('/api/v1/session/password', { method: 'PUT', body: { current, new: next } }))

export const accounts = (signal?: Signal): Promise<{ accounts: Account[] }> => json('/api/v1/accounts', { signal })
export const addAccount = (a: Schemas['NewAccount']): Promise<Account> => json('/api/v1/accounts', { method: 'POST', body: a })
export const changeAccount = (name: string, change: { role?: Role; password?: string; disabled?: boolean }): Promise<Account> =>
  json(`/api/v1/accounts/${encodeURIComponent(name)}`, { method: 'PATCH', body: change })
export const deleteAccount = async (name: string): Promise<void> =>
  void (await send(`/api/v1/accounts/${encodeURIComponent(name)}`, { method: 'DELETE' }))

export const tokens = (signal?: Signal): Promise<{ tokens: Token[] }> => json('/api/v1/tokens', { signal })
export const addToken = (t: Schemas['NewToken']): Promise<MadeToken> => json('/api/v1/tokens', { method: 'POST', body: t })
export const deleteToken = async (id: number): Promise<void> => void (await send(`/api/v1/tokens/${id}`, { method: 'DELETE' }))
export const deleteWhatWaits = (): Promise<{ deleted: number }> => json('/api/v1/history/deletion', { method: 'POST' })
export const audit = (before: number | null, signal?: Signal): Promise<Audit> =>
  json('/api/v1/audit' + query({ limit: 100, before }), { signal })

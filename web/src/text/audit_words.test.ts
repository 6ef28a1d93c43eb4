// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { detailOf, whoOf } from './audit_words'
import { sayIn } from './words'

const detail = (what: string, detail: string): string => detailOf(sayIn('zh'), 'zh', { who: '', what, detail })
const who = (who: string): string => whoOf('zh', { who, what: '', detail: '' })

it('says roles and changes, and leaves the names of accounts and tokens', () => {
  expect(detail('account.added', 'operator: engineer')).toBe('operator: 工程师')
  expect(detail('token.added', 'password: disabled, as of now: viewer')).toBe('password: disabled, as of now: 查看者')
  expect(detail('account.changed', 'password: role viewer, password, disabled')).toBe('password: 角色 查看者, 密码, 已停用')
  expect(detail('account.removed', 'administrator')).toBe('administrator')
  expect(detail('account.password_changed', 'operator')).toBe('operator')
  expect(detail('mark.added', '2026-11-29T10:00:00Z stop: stop: 换表')).toBe('2026-11-29T10:00:00Z 停车: stop: 换表')
  expect(detail('view.removed', 'stop: mine')).toBe('stop: mine')
  expect(detail('session.refused', 'change of password')).toBe('修改密码')
})
it('says that a token asked, and leaves who asked', () => {
  expect(['operator', 'administrator', 'password', 'silent'].map(who)).toEqual(['operator', 'administrator', 'password', 'silent'])
  expect(who('token disabled')).toBe('令牌 disabled')
})

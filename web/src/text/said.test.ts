// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { said } from './said'
import { rows } from './said_rows'

const zh = (text: string): string => said('zh', text)

it('says what is wrong with a device in the language of the page, and leaves its address', () => {
  expect(zh('silent')).toBe('没有读数')
  expect(zh('10.0.0.7:1883: the broker does not answer')).toBe('10.0.0.7:1883: 消息代理没有应答')
  expect(zh('tcp://plc:502: Illegal data address')).toBe('tcp://plc:502: 非法数据地址')
})
it('keeps numbers and names, and says the reason within a reason', () => {
  expect(zh('slow: reading everything took 1200 ms, longer than the period')).toBe('过慢：全部读取一遍用了 1200 ms，超过采集周期')
  expect(zh('day.csv could not be moved aside: Permission denied')).toBe('day.csv 无法移走：没有权限')
})
it('says why a store refuses and what to do, each by its row', () => {
  expect(zh('/var/plant.db: database or disk is full (SQLite 13); free some space on its disk')).toBe(
    '/var/plant.db: 数据库或磁盘已满（SQLite 13）; 请在其磁盘上腾出空间',
  )
})
it('says what is wrong with a table of a folder and what to do', () => {
  expect(zh('day.csv:3: has times but no tag beside them; give each tag a column: time,FI-101,FI-102')).toBe(
    'day.csv:3: 有时间列，但没有位号列; 请给每个位号一列：time,FI-101,FI-102',
  )
  expect(
    zh(
      'day.csv:2: "03/04/26" may be day first or month first, and no date of the file has a number above 12; write the year first: 2026-11-03 14:05',
    ),
  ).toBe('day.csv:2: "03/04/26" 可能是日在前，也可能是月在前，而文件中没有日期含有大于 12 的数; 请将年份写在前面：2026-11-03 14:05')
})
it('says the details of the audit trail, roles by their own words', () => {
  expect(zh('bo: engineer')).toBe('bo: 工程师')
  expect(zh('bo: role viewer, password, disabled')).toBe('bo: 角色 查看者, 密码, 已停用')
})
it('leaves English as it came, and what no row knows', () => {
  const text = 'plc:502: slow: reading everything took 1200 ms, longer than the period'
  expect(said('en', text)).toBe(text)
  expect(zh('plc: brand new trouble, and_more')).toBe('plc: brand new trouble, and_more')
})
it('says each row by itself and not by one before it', () => {
  const filled = (row: string): string => row.replace(/\{(\w)\w*\}/g, 'X7.$1')
  expect(rows.map(([english]) => zh(filled(english)))).toEqual(rows.map(([, chinese]) => filled(chinese)))
})

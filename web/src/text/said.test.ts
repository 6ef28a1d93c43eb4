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
it('says roles by their own words after "role" alone, and leaves what names something', () => {
  expect(zh('this needs the role operator')).toBe('需要角色：操作员')
  expect(zh('operator')).toBe('operator')
  expect(zh('password: broker 2: silent')).toBe('password: broker 2: 没有读数')
  expect(zh('day.csv: has several columns of times, and none of them stands before "a and b"')).toBe(
    'day.csv: 有多列时间，而 "a and b" 之前没有时间列',
  )
  expect(zh('texts instead of a number are no readings: "a", "and 2 more" and 3 more')).toBe(
    '数值处为文字的不算读数："a"、"and 2 more" 以及另外 3 项',
  )
  expect(zh('day.csv: gives "x in y" in "t, before in", before in "kg/h"')).toBe('day.csv: "x in y" 的单位为 "t, before in"，之前为 "kg/h"')
  expect(zh('day.csv: "a, silent, b" has a new trouble')).toBe('day.csv: "a, silent, b" has a new trouble')
  expect(zh('there is no account "a"b"')).toBe('没有账户 "a"b"')
  expect(zh('day.csv: names the tag "a; b" twice; keep one of the two columns')).toBe('day.csv: 位号 "a; b" 出现两次; 请保留两列之一')
  expect(zh('day.csv: holds bytes that are not UTF-8; save the file again as UTF-8')).toBe(
    'day.csv: 含有不属于 UTF-8 的字节; 请将文件重新保存为 UTF-8',
  )
})
it('leaves English as it came, and what no row knows', () => {
  const text = 'plc:502: slow: reading everything took 1200 ms, longer than the period'
  expect(said('en', text)).toBe(text)
  expect(zh('plc: brand new trouble, and_more')).toBe('plc: brand new trouble, and_more')
})
const BLANK = /\{(\w+)(:\w+)?\}/g
/** Rows with their blanks filled: numbers by digits, roles by a role, all else by `text`. */
function filled(row: readonly [string, string], text: string): [string, string] {
  const values = new Map<string, string>()
  const english = row[0].replace(BLANK, (_, name: string, kind?: string) => {
    values.set(
      name,
      kind === ':number'
        ? '71'
        : kind === ':role' || (kind === ':word' && !text.startsWith('"'))
          ? 'X7'
          : kind === ':said'
            ? `X7.${name}`
            : text,
    )
    return values.get(name)!
  })
  return [english, row[1].replace(/\{(\w+)\}/g, (_, name: string) => values.get(name)!)]
}
it('says each row by itself and not by one before it', () => {
  const all = rows.map((row) => filled(row, 'X7'))
  expect(all.map(([english]) => zh(english))).toEqual(all.map(([, chinese]) => chinese))
})
it('leaves every name in quotes, whatever it says', () => {
  const names = [
    ...rows.map(([english]) => english.replace(/"/g, '')),
    ' and ',
    'a: b',
    'a; b',
    'a, b',
    '.*+?^${}()|[]\\',
    '$&$1',
    '100 % {name}',
  ]
  for (const name of names) {
    const all = rows.map((row) => filled(row, `"${name}"`))
    expect(all.map(([english]) => zh(english))).toEqual(all.map(([, chinese]) => chinese))
  }
})

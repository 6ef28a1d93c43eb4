// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { deviceText } from './device'
import { sayIn } from './words'

const zh = sayIn('zh')

it('says what is wrong with a device in the language of the page, and leaves its address', () => {
  expect(deviceText(zh, 'silent')).toBe('没有读数')
  expect(deviceText(zh, '10.0.0.7:1883: the broker does not answer')).toBe('10.0.0.7:1883: 消息代理没有应答')
  expect(deviceText(zh, 'tcp://plc:502: Illegal data address')).toBe('tcp://plc:502: 非法数据地址')
})
it('keeps numbers and names, and translates the reason within a reason', () => {
  expect(deviceText(zh, 'slow: reading everything took 1200 ms, longer than the period')).toBe(
    '过慢：全部读取一遍用了 1200 ms，超过采集周期',
  )
  expect(deviceText(zh, 'day.csv could not be moved aside: Permission denied')).toBe('day.csv 无法移走：没有权限')
})
it('leaves English as it came, and what no row knows', () => {
  const text = 'plc:502: slow: reading everything took 1200 ms, longer than the period'
  expect(deviceText(sayIn('en'), text)).toBe(text)
  expect(deviceText(zh, 'plc: brand new trouble')).toBe('plc: brand new trouble')
})

// SPDX-License-Identifier: Apache-2.0
// A cell room that is made up, as /api/v1/cells tells of it, for a server that has none: two cells sick, one reading wrong.

const ELECTROLYSERS = ['E1', 'E2', 'E3', 'E4']
export const now = Date.parse('2026-11-23T14:32:00Z')
const ago = (hours) => new Date(now - hours * 3_600_000).toISOString()
export const amount = (value, sd, unit) => ({ value, sd, unit })

/** The same numbers every time, between 0 and 1. */
export const noise = (k) => Math.abs(Math.sin(k * 12.9898) * 43758.5453) % 1

function cellOf(electrolyser, number, k) {
  const bad = { 'E2/077': 0.16, 'E3/004': 0.05 }[`${electrolyser}/${String(number).padStart(3, '0')}`] ?? 0
  const standard = 2.93 + 0.03 * noise(k) + 0.01 * ELECTROLYSERS.indexOf(electrolyser) + bad
  const unseen = electrolyser === 'E4' && number === 101
  const suspect = k % 131 === 5
  const excess = bad ? bad * 13500 : 40 * (noise(k + 0.5) - 0.5)
  return {
    cell: `${electrolyser}/${String(number).padStart(3, '0')}`,
    ...{ electrolyser, number, tag: `EI-${electrolyser}-${String(number).padStart(3, '0')}` },
    state: bad ? 'sick' : unseen ? 'unseen' : suspect ? 'suspect' : 'healthy',
    voltage: unseen ? null : { value: standard + 0.02, unit: 'V' },
    standard_voltage: unseen ? null : amount(standard, 0.003, 'V'),
    u0: unseen ? null : amount(2.38 + 0.02 * noise(k + 0.2), 0.01, 'V'),
    k: unseen ? null : amount(1.1e-4 + 1e-5 * noise(k + 0.7), 2e-6, 'Ohm.m2'),
    excess_power: unseen ? null : { ...amount(excess, 40, 'W'), against: 'own' },
    cost_per_day: unseen ? null : amount(excess * 0.0108, 0.4, 'CNY/d'),
    above_best: unseen ? null : amount(excess + 200, 60, 'W'),
    age: { value: 400 + 3 * (k % 200), unit: 'd' },
    ageing: amount(0.011, 0.002, 'V/a'),
    finding: null,
  }
}

const TEXTS = {
  en: {
    feed: 'E2/077: probably gets too little brine (83 %)',
    feed_text: 'too little brine',
    dry: 'membrane running dry',
    coating: 'E3/004: probably a worn anode coating (71 %)',
    coating_text: 'worn anode coating',
    fouling: 'fouled membrane',
    dead: 'Tag EI-E4-101 reads zero while E4 is energised',
    dead_text: 'dead reading',
    high: 'at load it reads 160 ± 4 mV above its own level',
    share: '86 ± 7 % of the change grows with current; of a resistance it is 100 %, of an electrode 0 %',
    look: "Look at this cell's brine hose and overflow now; where the flow cannot be restored, cut the load and stop this electrolyser.",
    plan: 'Have the brine analysed for fluoride, barium and sulfate, and plan the anode by its payback.',
    mend: "Mend the tap, its wire or the scanner's channel; until then nobody sees cell E4/101.",
    test: "Look at this cell's brine hose and overflow.",
    note: 'with its neighbour, in the spring stop',
  },
  zh: {
    feed: 'E2/077：很可能是盐水不足（83 %）',
    feed_text: '盐水不足',
    dry: '干膜',
    coating: 'E3/004：很可能是阳极涂层失活（71 %）',
    coating_text: '阳极涂层失活',
    fouling: '膜污染',
    dead: '位号 EI-E4-101 在 E4 通电时读数为零',
    dead_text: '读数失效',
    high: '负荷下读数比自身水平高 160 ± 4 mV',
    share: '变化中有 86 ± 7 % 随电流增大；电阻为 100 %，电极为 0 %',
    look: '立即检查该单槽的供盐水软管和溢流；若不能恢复流量，请降负荷并停下该电解槽。',
    plan: '分析盐水中的氟、钡和硫酸根，并按回收期安排阳极重涂。',
    mend: '请修复测点、接线或巡检通道；在此之前无法监视单槽 E4/101。',
    test: '检查该单槽的供盐水软管和溢流。',
    note: '春季停车时与相邻单槽一起更换',
  },
}

function findingsOf(t) {
  const common = { ended: null, fault: null, with: null, test: null, test_text: '', alternatives: [], evidence: [] }
  const sick = (more) => ({
    ...common,
    code: 'cell_sick',
    electrolyser: more.cell.slice(0, 2),
    tag: `EI-${more.cell.replace('/', '-')}`,
    ...more,
  })
  return [
    sick({
      ...{ id: 12, severity: 'critical', cell: 'E2/077', title: t.feed, since: ago(6.85), detected: ago(6.83) },
      ...{ cause: 'blocked_feed', cause_text: t.feed_text, probability: 0.83 },
      alternatives: [{ cause: 'dry_out', text: t.dry, probability: 0.12 }],
      evidence: [
        { text: t.high, ...amount(0.16, 0.004, 'V') },
        { text: t.share, ...amount(0.86, 0.07, '1') },
      ],
      ...{ advice: t.look, test: 'look_at_feed', test_text: t.test, cost_per_day: amount(23.3, 0.6, 'CNY/d') },
    }),
    sick({
      ...{ id: 7, severity: 'warning', cell: 'E3/004', title: t.coating, since: ago(700), detected: ago(300) },
      ...{ cause: 'anode_coating', cause_text: t.coating_text, probability: 0.71 },
      alternatives: [{ cause: 'membrane_fouling', text: t.fouling, probability: 0.2 }],
      ...{ advice: t.plan, cost_per_day: amount(7.3, 0.5, 'CNY/d') },
    }),
    {
      ...{ ...common, id: 9, code: 'cell_instrument', severity: 'warning', cell: 'E4/101', electrolyser: 'E4', tag: 'EI-E4-101' },
      ...{ title: t.dead, since: ago(40), detected: ago(40), cause: null, cause_text: t.dead_text, probability: null, fault: 'dead' },
      ...{ advice: t.mend, cost_per_day: null },
    },
    sick({
      ...{ id: 3, severity: 'warning', cell: 'E1/150', title: t.feed.replace('E2/077', 'E1/150'), since: ago(90), detected: ago(89.9) },
      ...{ ended: ago(80), cause: 'blocked_feed', cause_text: t.feed_text, probability: 0.9, advice: t.look, cost_per_day: null },
    }),
  ]
}

const exchange = (cell, what, when, saving, cost, standstill) => ({
  ...{ cell, electrolyser: cell.slice(0, 2), what, when },
  saving: amount(saving, saving / 15, 'CNY/d'),
  cost: { value: cost, unit: 'CNY' },
  standstill: { value: standstill, unit: 'CNY' },
  payback: amount((cost + standstill) / saving, (cost + standstill) / saving / 15, 'd'),
  payback_in_a_stop: amount(cost / saving, cost / saving / 15, 'd'),
  cost_of_waiting: amount(saving, saving / 15, 'CNY/d'),
})

/** @param each how many cells an electrolyser has */
export function roomOf(lang = 'en', each = 150) {
  const cells = ELECTROLYSERS.flatMap((e, at) => Array.from({ length: each }, (_, k) => cellOf(e, k + 1, at * each + k)))
  const findings = findingsOf(TEXTS[lang]).filter((f) => cells.some((c) => c.cell === f.cell))
  findings.forEach((f, k) => {
    if (f.ended === null) cells.find((c) => c.cell === f.cell).finding = k
  })
  const states = (of) =>
    Object.fromEntries(['healthy', 'suspect', 'sick', 'unseen'].map((s) => [s, of.filter((c) => c.state === s).length]))
  return {
    ...{ name: 'Cell room', currency: 'CNY', reference: { current_density: 5000, temperature: 363.15, caustic: 0.32 } },
    ...{ from: ago(700), to: new Date(now).toISOString(), rows: 2520000, learning: false, missing: [], cells, findings },
    electrolysers: ELECTROLYSERS.map((name, k) => ({
      ...{ name, cells: each, states: states(cells.filter((c) => c.electrolyser === name)) },
      ...{ standard_voltage: amount(2.945 + 0.01 * k, 0.002, 'V'), ohmic: amount(0.55, 0.01, 'V'), electrode: amount(0.21, 0.008, 'V') },
      ...{ excess_power: amount(2200 * k, 250, 'W'), cost_per_day: amount(24 * k, 3, 'CNY/d'), current: { value: 13480 + k, unit: 'A' } },
      hydrogen_in_chlorine:
        k === 3 ? null : { ...amount(0.0011, 0.0001, '1'), time_to_limit: k === 1 ? amount(86400 * 3, 3600, 's') : null },
    })),
    notes: [],
    replacement: [
      exchange('E3/004', 'anode_coating', 'next_stop', 7.3, 2100, 31000),
      exchange('E3/017', 'membrane', 'next_stop', 31, 9000, 31000),
      exchange('E2/077', 'membrane', 'before_load', 23.3, 9000, 31000),
      exchange('E1/020', 'cathode_coating', 'own_stop', 160, 4000, 31000),
      exchange('E1/021', 'membrane', 'own_stop', 40, 9000, 4000),
      { ...exchange('E4/110', 'membrane', 'later', 2, 9000, 31000), payback: null, payback_in_a_stop: null },
    ],
  }
}

export function oneOf(name, lang) {
  const room = roomOf(lang)
  const cell = room.cells.find((c) => c.cell === name)
  if (!cell) return null
  const at = room.cells.indexOf(cell)
  const line = (j, more = 0) => 2.4 + more + 1.1e-4 * j + 0.02 * Math.log1p(j / 300)
  const densities = [500, 1000, 2000, 3000, 4000, 5000, 5500]
  const beside = [-2, -1, 1, 2].map((d) => room.cells[at + d]).filter((c) => c && c.electrolyser === cell.electrolyser)
  return {
    ...cell,
    findings: room.findings.filter((f) => f.cell === name),
    neighbours: beside.map((c) => ({ cell: c.cell, state: c.state, standard_voltage: c.standard_voltage })),
    points: Array.from({ length: 60 }, (_, k) => {
      const j = 1500 + 4000 * noise(k)
      return { current_density: j, voltage: line(j, 0.02 + 0.01 * (noise(k + 0.3) - 0.5)), sd: 0.003, time: ago(k + 8) }
    }),
    curve: densities.map((j) => ({ current_density: j, voltage: line(j, 0.02), low: line(j, 0.012), high: line(j, 0.028) })),
    middle_curve: densities.map((j) => ({ current_density: j, voltage: line(j) })),
    service: [
      { cell: name, what: 'membrane', when: '2025-04-01T08:00:00Z', by: 'li.wei', at: '2025-04-01T16:10:00Z', note: TEXTS[lang].note },
    ],
  }
}

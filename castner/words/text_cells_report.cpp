// SPDX-License-Identifier: Apache-2.0
// Words about single cells of terminal and report alone.
#include "castner/words/text.h"

namespace castner::words {

std::span<const Text> cells_report_texts() {
  static constexpr Text kTexts[]{
      {"cells.title", "{name}: every cell", "{name}：逐个单槽"},
      // is it all right
      {"cells.answer.ok", "All right: none of {n} cells has left the level that it had when the data begin.",
       "正常：{n} 个单槽均未偏离数据开始时的水平。"},
      {"cells.answer.ok.part",
       "All right as far as it is seen: none of the {k} cells that could be judged, of {n}, has left the level that it "
       "had when the data begin.",
       "在可判断的范围内正常：{n} 个单槽中可判断的 {k} 个均未偏离数据开始时的水平。"},
      {"cells.answer.one", "Look at one cell. {first}.", "有一个单槽需要处理。{first}。"},
      {"cells.answer.some", "Look at {n} cells, first: {first}.", "有 {n} 个单槽需要处理，首要的是：{first}。"},
      {"cells.answer.reading", "No cell is found sick; look at one reading. {first}.",
       "未发现异常单槽；有一个读数需要处理。{first}。"},
      {"cells.answer.readings", "No cell is found sick; look at {n} readings, first: {first}.",
       "未发现异常单槽；有 {n} 个读数需要处理，首要的是：{first}。"},
      {"cells.answer.nothing", "Cannot tell: no cell was read at load for ten minutes.",
       "无法判断：没有一个单槽在负荷下有十分钟的读数。"},
      {"cells.answer.alone", "Cannot tell: a cell is judged beside others of its electrolyser, and there are too few.",
       "无法判断：单槽要与同一电解槽的其他单槽比较，而单槽太少。"},
      {"cells.answer.far",
       "No cell has left the level that it had when the data begin, but far from the others since then: {names}.",
       "没有单槽偏离数据开始时的水平，但自那时起就远离其余单槽的有：{names}。"},
      {"cells.counts", "Of {n} cells {healthy} are healthy, {suspect} suspect, {sick} sick and {unseen} not judged.",
       "{n} 个单槽中，正常 {healthy} 个，可疑 {suspect} 个，异常 {sick} 个，未能判断 {unseen} 个。"},
      {"cells.cost", "The sick cells cost more than they should: {cost} at load.",
       "异常单槽多耗的电费：带负荷运行时{cost}。"},
      {"cells.since", "Since about {since}; told at {detected}.", "约始于 {since}；判定时间 {detected}。"},
      {"cells.since.over", "Since about {since}; told at {detected}; over at {ended}.",
       "约始于 {since}；判定时间 {detected}；结束于 {ended}。"},
      // what was not judged
      {"cells.limit.unread", "Not judged, since they were not read in the last ten minutes at load: {names}.",
       "因在负荷下的最近十分钟内没有读数而未能判断：{names}。"},
      {"cells.limit.far",
       "Far from the others since the data begin: {names}. Whether that is wear or an illness these data cannot tell.",
       "自数据开始就远离其余单槽：{names}。是老化还是异常，这些数据无法判断。"},
      {"cells.limit.few",
       "{names}: fewer than five cells, so that none can be judged by comparison as others are; of one or two, none at "
       "all.",
       "{names}：单槽少于五个，无法像其他电解槽那样比较判断；只有一两个时完全无法判断。"},
      {"cells.limit.note", "{title}. {when} {next}", "{title}。{when}{next}"},
      {"cells.limit.note.over", "{title}. {when}", "{title}。{when}"},
      {"cells.answer.note", "Look at {name}. {first}.", "需要查看 {name}。{first}。"},
      {"cells.answer.hangs", "Cannot tell of all cells. {first}.", "无法判断全部单槽。{first}。"},
      {"cells.limit.median",
       "{k} of {n} cells were at load for less than 24 hours before: what they draw too much is counted above the "
       "middle "
       "cell of their electrolyser, not above their own level.",
       "{n} 个单槽中有 {k} 个此前在负荷下不足 24 小时：其多耗功率相对于本电解槽的中位单槽计算，而不是相对于自身水平。"},
      {"cells.limit.temperature",
       "{names}: the temperature is not read, so voltages are standardised as if it were known to ± 3 K.",
       "{names}：没有温度读数，标准化槽电压按温度不确定度 ± 3 K 计算。"},
      {"cells.limit.caustic",
       "{names}: the strength of the caustic is not read, so voltages are standardised as if it were known to ± 0.5 % "
       "by "
       "mass.",
       "{names}：没有碱浓度读数，标准化槽电压按浓度不确定度 ± 0.5 %（质量分数）计算。"},
      {"cells.limit.hydrogen",
       "{names}: hydrogen in chlorine is not read, so a small hole shows only at low currents and in stops.",
       "{names}：没有氯中含氢分析，小针孔只能在小电流和停车时看出。"},
      {"cells.limit.voltage",
       "{names}: there is no voltmeter of the whole electrolyser, so that a wrong reading and a sick cell are harder "
       "to "
       "tell apart.",
       "{names}：没有电解槽总电压表，读数有误与单槽异常较难区分。"},
      {"cells.limit.price", "No price of electricity is given, so nothing is counted in money.",
       "没有给出电价，因此不计费用。"},
      {"cells.limit.margin", "No margin of lost caustic is given, so a stop counts as if it cost nothing.",
       "没有给出停车损失的烧碱毛利，停车按不计成本处理。"},
      // sections and columns
      {"section.cell_map", "The cell room by position", "单槽位置图"},
      same("section.electrolysers", "room.electrolysers"),
      {"section.exchanges", "What to exchange", "更换计划"},
      {"section.cells", "All cells", "全部单槽"},
      {"section.limits", "What was not judged, and what is less sure", "未能判断及不够确定之处"},
      same("cells.electrolyser", "model.electrolyser"),
      {"cells.cell", "cell", "单槽"},
      {"cells.state", "state", "状态"},
      {"cells.middle", "middle cell", "中位单槽"},
      {"cells.voltage", "voltage at reference", "标准化槽电压"},
      {"cells.excess", "excess power", "多耗功率"},
      {"cells.against", "counted above", "相对于"},
      {"cells.against.own", "its own level", "自身水平"},
      {"cells.against.median", "the middle cell", "中位单槽"},
      {"cells.cost_per_day", "cost", "费用"},
      {"cells.age", "age of membrane", "膜龄"},
      {"cells.hydrogen.time", "time to 0.5 %", "到 0.5 % 的时间"},
      {"cells.part", "part", "部件"},
      {"cells.payback", "payback with the stop", "回收期（含停车）"},
      {"cells.payback_in_stop", "payback in a stop there is anyway", "回收期（利用已有停车）"},
      {"cells.cost_of_it", "cost with the stop", "费用（含停车）"},
      {"cells.waiting", "price of waiting", "推迟一天的代价"},
      {"cells.saves_nothing", "none in the last 24 h", "近 24 小时内没有"},
      {"cells.no_price", "cannot tell: no price of the part is given", "无法判断：没有给出部件价格"},
      {"cells.no_saving", "cannot tell: what it saves is not known", "无法判断：节省量未知"},
      {"cells.when", "when", "时机"},
      {"cells.plan.caption",
       "Cells of one electrolyser share a stop. The payback rests on what each draws too much, with its uncertainty, "
       "and "
       "on the prices of cells.toml; it is not told where the saving is not clear of zero by two sd. A day of saving "
       "is "
       "a calendar day, with its part of the hours per year at load.",
       "同一电解槽的单槽共用一次停车。回收期依据各单槽的多耗功率及其不确定度和 cells.toml "
       "中的价格；节省量未超过两倍标准差时不给出。节省量按日历日计，即全年带负荷小时数的 365 分之一。"},
      {"cells.show", "Show {n} cells", "显示 {n} 个单槽"},
      {"cells.alternatives", "else", "其他可能"},
      // the map
      {"cells.map.state", "{name} by state", "{name} 按状态"},
      {"cells.map.voltage", "{name} by voltage at reference", "{name} 按标准化槽电压"},
      {"cells.map.caption",
       "Cell 1 stands top left, 20 cells a row. Voltages are compared with the middle cell of the electrolyser.",
       "左上角为 1 号单槽，每行 20 个。槽电压与本电解槽的中位单槽比较。"},
      {"cells.map.below", "more than {mv} mV below", "低 {mv} mV 以上"},
      {"cells.map.above", "more than {mv} mV above", "高 {mv} mV 以上"},
      {"cells.map.within", "within 10 mV", "相差 10 mV 以内"},
      // method
      {"cells.method.line",
       "Each cell's voltage is held against its own line over current, and against the middle cell of its "
       "electrolyser: "
       "what moves all cells (current meter, temperature, strength) is no cell's illness. Replayed in time, nothing "
       "that "
       "is said uses a later reading.",
       "每个单槽的电压与其自身的电压—电流直线以及本电解槽的中位单槽比较：使所有单槽一起变化的因素（电流表、温度、浓度）"
       "不算单槽异常。"
       "按时间顺序回放，任何结论都不使用其后的读数。"},
      {"cells.method.reference",
       "Voltages are standardised to {density}, {temperature} and {caustic} NaOH; the reversible part is "
       "thermodynamics "
       "and is not fitted. Their uncertainty is that of the cell's line and of the meters: the current to 0.5 %, a "
       "read "
       "temperature to 0.5 K, a read strength to 0.3 %, all guesses of the trade.",
       "槽电压标准化到 {density}、{temperature}、NaOH "
       "{caustic}；可逆电压取自热力学，不参与拟合。其不确定度来自单槽直线和仪表：电流 "
       "0.5 %，温度读数 0.5 K，浓度读数 0.3 %，均为行业经验的估计。"},
      {"cells.method.causes",
       "Causes come from signs (speed, load, low current, stops, analyses) by Bayes' rule. How often a cause shows a "
       "sign is a "
       "guess of the trade, the same for every plant, so a probability ranks causes and is no measured frequency.",
       "原因由各种征兆（变化快慢、随负荷的变化、小电流、停车、分析值）按贝叶斯法则得出。各原因出现某征兆的频率是行业经"
       "验的估计，各厂相同，"
       "因此概率只表示原因的排序，不是实测频率。"},
      {"cells.method.hydrogen",
       "The limit of 0.5 % hydrogen in chlorine is indicative: a practice of the trade, not read in a standard. The "
       "time to it is at the present current.",
       "氯中含氢 0.5 % 的限值仅供参考：为行业惯例，未在标准中查证。到限值的时间按当前电流计算。"},
      {"cells.method.file", "Cells file", "单槽文件"},
  };
  return kTexts;
}

}  // namespace castner::words

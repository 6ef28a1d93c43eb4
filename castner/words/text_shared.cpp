// SPDX-License-Identifier: Apache-2.0
// Words that the report and the pages share.
#include "castner/words/text.h"

namespace castner::words {

std::span<const Text> shared_texts() {
  static constexpr Text kTexts[]{
      // key numbers
      {"clause", ", ", "，"},
      {"indicator.dc_energy_per_naoh", "DC electricity per tonne of NaOH (100 %)", "吨碱直流电耗（折百）"},
      {"indicator.ac_energy_per_naoh", "AC electricity per tonne of NaOH (100 %)", "吨碱交流电耗（折百）"},
      {"indicator.dc_energy_per_cl2", "DC electricity per tonne of Cl₂", "吨氯直流电耗"},
      {"indicator.steam_per_naoh", "Live steam per tonne of NaOH (100 %)", "吨碱汽耗（折百）"},
      {"indicator.salt_per_naoh", "NaCl per tonne of NaOH (100 %)", "吨碱盐耗（折百）"},
      {"indicator.comprehensive_energy_per_naoh", "Comprehensive energy per tonne of NaOH (100 %)",
       "吨碱综合能耗（折百）"},
      {"indicator.current_efficiency", "Current efficiency, by caustic", "电流效率（碱）"},
      {"indicator.current_efficiency_chlorine", "Current efficiency, by chlorine", "电流效率（氯）"},
      {"indicator.evaporator_economy", "Evaporator economy, t water per t steam", "蒸发经济性（吨水/吨汽）"},
      {"indicator.load", "Load, NaOH (100 %)", "负荷（折百碱）"},
      {"indicator.current_density", "Current density", "电流密度"},
      {"indicator.out_of_service", "Out of service 1, in service 0", "停运为 1，在运为 0"},
      // what units are
      {"model.electrolyser", "electrolyser", "电解槽"},
      {"model.rectifier", "rectifier", "整流器"},
      {"model.caustic_evaporator", "caustic evaporator", "烧碱蒸发器"},
      {"model.steam_heater", "steam heater", "蒸汽加热器"},
      {"model.flash_vessel", "flash vessel", "闪蒸罐"},
      {"model.gas_cooler", "gas cooler", "气体冷却器"},
      {"model.heat_exchanger", "heat exchanger", "换热器"},
      {"model.mixer", "mixer", "混合"},
      {"model.splitter", "splitter", "分流"},
      {"model.node", "node", "节点"},
      // the picture of flows
      {"picture.measured", "measured", "测量值"},
      {"picture.reconciled", "reconciled", "校正值"},
      {"picture.accused", "instrument reads wrong, or is one of several of which one does",
       "仪表读数有误，或为其中之一有误的数台仪表"},
      {"picture.unknown", "cannot tell", "无法判断"},
      {"list.comma", ", ", "、"},
      {"sentence.gap", " ", ""},
      {"unit.idle", "out of service", "停运"},
      {"stops", "{units} stopped {times}.", "{units} 停运：{times}。"},
      {"stop.both", "{from} to {to} ({length})", "{from} 至 {to}（{length}）"},
      {"stop.since", "since {from}", "自 {from} 起"},
      {"stop.until", "until {to}", "至 {to} 止"},
      {"picture.feed", "feed", "进料"},
      {"picture.product", "product", "出料"},
      {"picture.reads", "reads {value}", "读数 {value}"},
      {"picture.alt", "Flow picture of {plant}: {units} units, {streams} streams.",
       "{plant} 的物流图：{units} 个装置，{streams} 条物流。"},
      {"stream.name", "Stream", "物流"},
      {"stream.from", "From", "来自"},
      {"stream.to", "To", "去往"},
      {"stream.flow", "Flow", "流量"},
      {"stream.class", "Known by", "依据"},
      {"class.redundant", "measured and checked", "有测量，可核对"},
      {"class.nonredundant", "measured not checked", "有测量，无法核对"},
      {"class.observable", "from the balances", "由平衡推算"},
      {"class.assumed", "assumed, unit idle", "按停运取值"},
      same("class.unobservable", "picture.unknown"),
      // losses
      {"losses.avoidable", "Avoidable", "可避免的损失"},
      {"losses.avoidable_note",
       "Against the best electrolyser of this plant at the same load, and against the ideal of the same evaporator "
       "train.",
       "与本装置同负荷下最好的电解槽相比，以及与同一蒸发系列的理想状态相比。"},
      {"losses.where", "Where the electricity goes", "电能去向"},
      {"losses.where_note",
       "These parts make up the DC power and the conversion to DC; most cannot be avoided with this equipment. The "
       "reversible part is not a loss. The uncertainty of a sum is at most what is given.",
       "这些部分合计为直流功率及整流损失；以现有设备，大部分不可避免。可逆部分不是损失。合计的不确定度至多为所示数值"
       "。"},
      {"losses.none", "No loss can be told: no electrolyser, rectifier or evaporator was reconciled in service.",
       "无法判断损失：没有运行中的电解槽、整流器或蒸发器完成校正。"},
      {"loss.path", "Where", "位置"},
      {"loss.kind", "Loss", "损失"},
      {"loss.against", "Counted against", "比较基准"},
      {"loss.power", "Power", "功率"},
      {"loss.reversible", "reversible voltage (not a loss)", "可逆电压（不是损失）"},
      {"loss.anode", "anode overvoltage", "阳极过电压"},
      {"loss.cathode", "cathode overvoltage", "阴极过电压"},
      {"loss.membrane_gap", "membrane and gap", "膜与极间距"},
      {"loss.metal", "metal and contacts", "金属与接触"},
      {"loss.current_inefficiency", "current inefficiency", "电流效率损失"},
      {"loss.rectifier", "rectifier", "整流"},
      {"loss.steam_excess", "steam above the ideal", "超出理想的蒸汽"},
      {"loss.above_best_peer", "above the best electrolyser", "高于最佳电解槽"},
      {"reference.thermodynamic_minimum", "the thermodynamic minimum", "热力学最小值"},
      {"reference.no_overvoltage", "no overvoltage", "无过电压"},
      {"reference.no_resistance", "no resistance", "无电阻"},
      {"reference.every_electron_makes_naoh", "every electron making NaOH", "每个电子都生成烧碱"},
      {"reference.no_conversion_loss", "conversion without loss", "无整流损失"},
      {"reference.same_train_ideal", "the ideal of the same train", "同一系列的理想状态"},
      {"reference.peer", "{peer} at the same load", "同负荷下的 {peer}"},
      // volts
      {"volts.unit", "Electrolyser", "电解槽"},
      {"volts.total", "cell voltage", "槽电压"},
      {"volts.reversible_voltage", "reversible", "可逆"},
      {"volts.anode_overvoltage", "anode", "阳极"},
      {"volts.cathode_overvoltage", "cathode", "阴极"},
      same("volts.membrane_voltage", "loss.membrane_gap"),
      {"volts.metal_voltage", "metal", "金属"},
      {"volts.wear_voltage", "wear", "老化"},
      // findings
      {"findings.none", "Nothing to report.", "没有需要报告的内容。"},
      {"findings.follows", "Follows from this, and goes with it:", "由此引起，更正后即消失："},
      {"severity.info", "note", "提示"},
      {"data.warnings", "Warnings", "警告"},
      {"severity.warning", "look", "需处理"},
      {"severity.critical", "act", "不正常"},
      // instruments
      {"instrument.tag", "Tag", "位号"},
      {"instrument.of", "Measures", "测量对象"},
      {"instrument.measured", "Measured", "测量值"},
      {"instrument.reconciled", "Reconciled", "校正值"},
      {"instrument.adjustment", "Adjustment", "校正量"},
      {"instrument.in_sd", "in sd", "标准差数"},
      {"instrument.smallest_seen", "Error seen from", "误差可发现下限"},
      same("instrument.not_checked", "verdict.unchecked"),
      {"instrument.verdict", "Verdict", "判定"},
      {"verdict.agrees", "agrees", "一致"},
      {"verdict.wrong", "reads wrong", "读数有误"},
      {"verdict.one_of_several", "one of several", "数者之一有误"},
      {"verdict.hardly_checked", "hardly checked", "几乎未经核对"},
      {"verdict.unchecked", "not checked", "无法核对"},
      {"verdict.not_used", "not used", "未使用"},
      {"why_not.no_data", "no data", "无数据"},
      {"why_not.no_window", "no window counted", "没有可用时段"},
      {"why_not.not_reconciled", "no balance", "无平衡结果"},
      {"why_not.too_few", "too few readings", "读数过少"},
      {"why_not.gaps", "too many gaps", "缺数过多"},
      {"why_not.stuck", "stuck", "卡住"},
      {"why_not.bad_quality", "bad quality", "质量为坏"},
      {"why_not.no_uncertainty", "its uncertainty is 0", "不确定度为 0"},
      same("why_not.idle", "unit.idle"),
      {"why_not.impossible", "reads outside of what is possible", "读数超出可能范围"},
      {"why_not.contradicted", "contradicted", "与其他读数矛盾"},
      {"why_not.unit_in_question", "its unit is in question", "单位待核对"},
      // sections
      {"section.key_numbers", "Key numbers", "主要指标"},
      // terminal
      {"terminal.unit", "Unit", "装置"},
      // labels of the five sentences
      {"label.instruments", "Instruments", "仪表"},
      {"label.energy", "Energy", "能耗"},
      // page furniture
      {"page.no_name", "Plant without a name", "未命名装置"},
      // key numbers
      {"key.indicator", "Indicator", "指标"},
      // findings
      {"findings.cost", "{money} a day", "每天 {money}"},
      {"findings.cost.if_so", "{money} a day if so", "若属实，每天 {money}"},
      // windows
      {"windows.from", "From", "起"},
      // the picture of flows
      {"picture.empty", "The plant file has no streams to draw.", "装置文件中没有可画的物流。"},
      // page furniture
      {"page.advises", "Castner advises; it is not a safety instrumented system.",
       "Castner 仅提供建议，不是安全仪表系统。"},
      // windows
      {"windows.state", "State", "状态"},
      {"windows.to", "To", "止"},
      // the five sentences: money
      {"money.none", "No loss stands clear of its own uncertainty.", "没有任何损失明显超出其不确定度。"},
      // sections
      {"section.picture", "The balance as a picture of flows", "物流平衡图"},
      // page furniture
      {"page.table", "The numbers behind this chart", "此图的数据表"},
      // sections
      {"section.findings", "Findings and next steps", "发现与下一步"},
      {"section.volts", "Volts by volts", "槽电压分解"},
      // instruments
      {"instrument.none", "The plant file has no measurements.", "装置文件中没有测量。"},
      // data quality
      {"data.none", "none", "无"},
  };
  return kTexts;
}

}  // namespace castner::words

// SPDX-License-Identifier: Apache-2.0
// What solvers and plant files say in English.
#include "castner/words/text.h"

namespace castner::words {

std::span<const Said> said_by_engine() {
  static constexpr Said kSaid[]{
      // solvers: what failed and what to try
      {"{first:said}; and {second:said}", "{first}；此外，{second}"},
      {"the equations cannot be evaluated at the first values; give starts inside the range of the models",
       "方程在初值处无法计算；请给出在模型适用范围内的初值"},
      {"no credible answer: readings and balances are wide apart, and where they come nearest, {what:said}; so no "
       "reading "
       "is accused. Look for several that are wrong at once, a unit that does not run as the plant file says, or a "
       "stream that it lacks",
       "没有可信的结果：读数与平衡相差悬殊，在最接近处，{what}；因此不指认任何读数。请查找是否有多个读数同时有误、"
       "装置的运行状态与装置文件不符，或装置文件缺少物流"},
      {"{path} is 0, but {unit} runs", "{path} 为 0，而 {unit} 在运行"},
      {"every variable of {equations:said} is held; free one of them", "{equations}的变量全部被固定；请放开其中一个"},
      {"{n:number} equations say too much about {m:number} variables: {equations:said} determine only "
       "{variables:names}; {cure:said}",
       "{n} 个方程对 {m} 个变量约束过多：{equations}只能确定 {variables}；{cure}"},
      {"free one that is held in them: {held:names}", "请放开其中一个被固定的变量：{held}"},
      {"take one of them out", "请去掉其中一个方程"},
      {"1 more specification is needed: nothing determines {variables:names}; specify 1 of them",
       "还缺 1 个设定：没有方程能确定 {variables}；请设定其中 1 个"},
      {"{n:number} more specifications are needed: nothing determines {variables:names}; specify {m:number} of them",
       "还缺 {n} 个设定：没有方程能确定 {variables}；请设定其中 {m} 个"},
      {"{stream} has no flow: nothing determines {variables:names}", "{stream} 没有流量：没有方程能确定 {variables}"},
      {"{n:number} of the equations {equations:said} follow from the others, which they agree with",
       "方程 {equations}中有 {n} 个可由其余方程推出，且与其一致"},
      {"{failure:said} (residual {size} of its size); {cure:said}",
       "{failure}（残差为其典型量级的 {size} 倍）；{cure}"},
      {"{equation:said} cannot hold together with the others", "{equation}与其他方程不能同时成立"},
      {"{equation:said} was not closed or not settled after the last iteration",
       "{equation}在最后一次迭代后仍未闭合或未稳定"},
      {"every equation is closed, but nothing tells {variable} (it ended at {value}); give it a value, or a meter that "
       "tells it",
       "各方程均已闭合，但没有仪表能得出 {variable}（终值为 {value}）；请给它一个值，或加装能得出它的仪表"},
      {"{equation:said} cannot be closed further", "{equation}无法进一步闭合"},
      {"{equation:said} is open where the equations lose their independence",
       "{equation}未闭合，且方程组在该处不再相互独立"},
      {"{equation:said} stopped closing", "{equation}的残差不再减小"},
      {"{equation:said} is still open after the last iteration", "{equation}在最后一次迭代后仍未闭合"},
      {"{equation:said} is open", "{equation}未闭合"},
      {"{variable} stands at its {lower:said} bound {value}; check the readings and held values around it",
       "{variable} 处于{lower} {value}；请检查其附近的读数和固定值"},
      {"{variable} stands at its {lower:said} bound {value}; change a specification that drives it there",
       "{variable} 处于{lower} {value}；请更改使其到达该处的设定"},
      {"lower", "下限"},
      {"upper", "上限"},
      {"check the readings and held values around {variable} (it ended at {value})",
       "请检查 {variable} 附近的读数和固定值（终值为 {value}）"},
      {"free a held value in it", "请放开其中一个固定值"},
      {"give {variable} a [[start]] nearer to its expected value (it ended at {value}), or relax a specification of "
       "{unit:names}",
       "请用 [[start]] 给 {variable} 一个更接近预期值的初值（终值为 {value}），或放宽 {unit} 的一个设定"},
      {"{equation:said} cannot be evaluated at {variable} = {value}; give it a start inside its range",
       "{equation}在 {variable} = {value} 处无法计算；请给它一个在适用范围内的初值"},
      {"{equation:said} cannot be evaluated at the first values; give what is in it starts inside its range",
       "{equation}在初值处无法计算；请给其中各量适用范围内的初值"},
      {"{equation:said} cannot be evaluated at {variable} = {value}; that value is held, change it",
       "{equation}在 {variable} = {value} 处无法计算；该值是固定的，请更改"},
      {"{advice:said}; {variable} is read by {tag}", "{advice}；{variable} 由 {tag} 测量"},
      {"{equations:said} together leave only what is held, {values:names}, and that does not balance; change or free "
       "one "
       "of them",
       "{equations}合起来只剩下固定值 {values}，而它们并不平衡；请更改或放开其中一个"},
      {"{path} is 0, so no heat flows and nothing boils; give it a value above 0, or leave it out to have it found",
       "{path} 为 0，不传热，料液不会沸腾；请给出大于 0 的值，或去掉该值由程序求出"},
      {"the steam of {unit} condenses at {steam} degC and its liquor boils at {liquor} degC: no heat flows; raise the "
       "pressure of its steam, lower that of its vapour, or ask for a weaker product",
       "{unit} 的蒸汽在 {steam} °C 冷凝，而料液在 {liquor} °C "
       "沸腾：没有热量传递；请提高加热蒸汽压力、降低二次蒸汽压力，或降低成品浓度"},
      {"{unit} would use {used} t/h of salt, and its brine brings {brought} t/h; raise the flow or strength of the "
       "brine, or "
       "lower the current",
       "{unit} 需消耗盐 {used} t/h，而进槽盐水只带入 {brought} t/h；请提高盐水流量或浓度，或降低电流"},
      {"{unit} gets {acid} mol/s of acid, and only {back} mol/s of hydroxide crosses back to meet it; take off acid",
       "{unit} 加入酸 {acid} mol/s，而反迁移的氢氧根只有 {back} mol/s；请减少加酸"},
      {"change its start", "请更改其初值"},
      {"{list:said} and {n:number} more", "{list} 以及另外 {n} 项"},
      // warnings
      {"{variable} is at its lower bound {value}", "{variable} 处于下限 {value}"},
      {"{variable} is at its upper bound {value}", "{variable} 处于上限 {value}"},
      {"{variable} is at the edge of where the equations can be evaluated, {value}",
       "{variable} 处于方程可以计算的边缘 {value}"},
      {"{variable} is zero as far as it is known, and the equations cannot be evaluated there: this is no answer; give "
       "it a "
       "[[start]] nearer to its expected value",
       "{variable} 在已知精度内为零，而方程在该处无法计算：这不是解；请用 [[start]] 给它一个更接近预期值的初值"},
      {"an sd in % of a reading of 0 is 0, so these were not used: {tags:names}; give each an sd_floor",
       "读数为 0 时按 % 给出的标准差也为 0，因此未使用：{tags}；请为每台给出 sd_floor"},
      {"as read: {what:said}", "按读数：{what}"},
      {"{path} is {value}, below {limit}: {why:said}", "{path} 为 {value}，低于 {limit}：{why}"},
      {"{path} is {value}, above {limit}: {why:said}", "{path} 为 {value}，高于 {limit}：{why}"},
      {"the fractions of its species then add up to more than 1", "此时各组分的质量分数之和超过 1"},
      {"saturation at its pressure; steam would condense", "其压力下的饱和温度；蒸汽会冷凝"},
      {"the solubility of NaCl at its temperature; salt would crystallise", "该温度下 NaCl 的溶解度；盐会结晶析出"},
      {"its boiling point under the highest pressure around; it would boil", "与之相连处最高压力下的沸点；液体会沸腾"},
      {"where its heat, which is not counted, is no longer small (a guess)",
       "超过此值时，未计入的该组分热量不再可以忽略（估计值）"},
      {"the dew point of its water vapour; water would condense", "其中水汽的露点；水会冷凝"},
      {"the dew point of its chlorine; chlorine would condense", "其中氯气的露点；氯会液化"},
      {"where the {property:said} is no longer known", "超出此界限，{property}无可靠数据"},
      {"activity of NaOH in caustic", "碱液中 NaOH 的活度"},
      {"activities in brine", "盐水的活度"},
      {"enthalpy of brine", "盐水的焓"},
      {"enthalpy of caustic", "碱液的焓"},
      {"vapour pressure of caustic", "碱液的蒸气压"},
      {"heat capacity of gas", "气体热容"},
      {"density of gas", "气体密度"},
      {"liquid water", "液态水"},
      {"saturated water", "饱和水"},
      {"steam", "蒸汽"},
      {"with what is idle these equations have no value and were left out: {equations:names}",
       "在停运状态下这些方程无法取值，已略去：{equations}"},
      {"no reading shows that these run, and the balances close without them, so they are taken as idle: {units:names}",
       "没有读数表明以下装置在运行，且不计它们时平衡闭合，因此视为停运：{units}"},
      {"the balances close as well if one of these stands still instead; idle in the plant file can say which: "
       "{units:names}",
       "若改为以下装置之一停运，平衡同样闭合；可在装置文件中用 idle 说明是哪一个：{units}"},
      {"{unit} is declared out of service, by idle in the plant file or its tag, but load is shown by: {tags:names}",
       "{unit} 由装置文件中的 idle 或其位号声明为停运，但以下读数显示其带负荷：{tags}"},
      {"{unit} is declared to run, by idle in the plant file or its tag, but standstill is shown by: {tags:names}",
       "{unit} 由装置文件中的 idle 或其位号声明为在运行，但以下读数显示其停运：{tags}"},
      {"the other readings show that {unit} stands still; not used, for showing load: {tags:names}",
       "其他读数表明 {unit} 已停运；以下读数显示带负荷，未使用：{tags}"},
      {"the other readings show that {unit} runs; not used, for showing standstill: {tags:names}",
       "其他读数表明 {unit} 在运行；以下读数显示停运，未使用：{tags}"},
      {"the data lack the tag by which idle tells of {unit}, so its readings tell: {tag:names}",
       "数据中缺少 {unit} 的 idle 所指位号，改由其读数判断：{tag}"},
      {"the data lack the tag by which idle tells of {unit}, so its readings tell, and these names are near: "
       "{tags:names}",
       "数据中缺少 {unit} 的 idle 所指位号，改由其读数判断；名称相近的有：{tags}"},
      {"these specifications speak of what is idle and were left out: {paths:names}",
       "这些设定涉及停运装置，已略去：{paths}"},
      {"the balances do not close even without the readings that are likeliest wrong, and more are hardly wrong "
       "at once; look for an sd that is too small, a unit that does not run as the plant file says, or a stream that "
       "it lacks",
       "去掉最可能有误的读数后平衡仍不闭合，而同时有更多读数出错的可能性很小；请检查是否有 sd "
       "过小、装置未按装置文件运行，或装置文件缺少物流"},
      {"a suspect was kept, because the balances could not be solved without it",
       "保留了一个可疑读数，因为去掉它后平衡无法求解"},
      {"equation {name}, column {column:number}: the solution lies where {function} changes branch; uncertainties "
       "there hold "
       "for one side only",
       "方程 {name} 第 {column} 列：解位于 {function} 的分支切换处，该处的不确定度只对一侧成立"},
      {"stream {stream} is connected to no unit", "物流 {stream} 未连接任何装置"},
      {"unit {unit} and those connected to it have neither feed nor product; one of their mass balances follows from "
       "the others",
       "装置 {unit} 及与其相连的装置既无进料也无出料；其中一个质量平衡可由其余推出"},
      {"measurement {tag} is of a parameter held in line {line:number}; leave the parameter out to have it estimated",
       "测量 {tag} 的对象是第 {line} 行中固定的参数；若要估计该参数，请将其从文件中去掉"},
      {"measurement {tag} reads {value}, where it is {range:said}, so it is not used; is its unit right?",
       "测量 {tag} 的读数为 {value}，而该量应{range}，因此未使用；请核对其单位"},
      {"measurement {tag} reads {value}, and the balances close only if that is a gauge pressure; is its unit right?",
       "测量 {tag} 的读数为 {value}，只有把它当作表压，平衡才能闭合；请核对其单位"},
      {"measurement {tag} reads {value}, where the balances have {truth}, as if {what:said} were read as {as:said}; is "
       "its "
       "unit right?",
       "测量 {tag} 的读数为 {value}，而平衡给出 {truth}，像是把{what}当作{as}读取；请核对其单位"},
      {"measurement {tag} reads {value}, where the balances have {truth}, as if it left out the water vapour, "
       "{share:number} % of the moist gas; write of = {of} for dry gas",
       "测量 {tag} 的读数为 {value}，而平衡给出 {truth}，像是未计入水汽（占湿气的 {share} %）；若为干气，请写 of = "
       "{of}"},
      {"measurement {tag} reads {value}, where the balances have {truth}, as if it counted the water vapour, "
       "{share:number} % of the moist gas; write of = {of} for moist gas",
       "测量 {tag} 的读数为 {value}，而平衡给出 {truth}，像是计入了水汽（占湿气的 {share} %）；若为湿气，请写 of = "
       "{of}"},
      {"a value per h", "每小时的数值"},
      {"a value per min", "每分钟的数值"},
      {"a value per d", "每天的数值"},
      {"one per min", "每分钟的数值"},
      {"one per s", "每秒的数值"},
      {"one per h", "每小时的数值"},
      {"a fraction", "小数"},
      {"an absolute pressure", "绝压"},
      {"a gauge pressure", "表压"},
      {"at least {low}", "不小于 {low}"},
      {"at most {high}", "不大于 {high}"},
      {"between {low} and {high}", "在 {low} 与 {high} 之间"},
  };
  return kSaid;
}

std::span<const Said> said_of_names() {
  static constexpr Said kSaid[]{
      {"that equation", "该方程"},
      {"{list} and {n:number} more", "{list} 以及另外 {n} 项"},
  };
  return kSaid;
}

}  // namespace castner::words

// SPDX-License-Identifier: Apache-2.0
// What is said in English of a cells.toml, and of data against it: cells, tags, units, parts, prices, times.
#include "castner/words/text.h"

namespace castner::words {

std::span<const Said> said_by_cells() {
  static constexpr Said kSaid[]{
      // what a cells.toml lacks
      {"the file describes no electrolyser", "文件没有描述任何电解槽"},
      {"add [[electrolyser]] with its cells, voltages and current; castner new --cells DATA.csv writes them where DATA "
       "has a column a cell",
       "请加上 [[electrolyser]] 及其单槽、电压和电流；DATA 中每个单槽有一列时，castner new --cells DATA.csv "
       "可写出初稿"},
      {"no columns differ by one number only and read like cells' voltages", "没有一组列只差一个数字且读数像槽电压"},
      {"export the scanner's voltages with the current, or write [[electrolyser]] with their tags by hand",
       "请将槽电压与电流一起导出，或手工写出 [[electrolyser]] 及其位号"},
      {"no column tells which current is that of {name}", "没有列说明 {name} 的电流是哪一个"},
      {"fill in current, or export it with the voltages: without it no cell can be judged",
       "请填写 current，或将电流与槽电压一起导出：没有电流就无法判断单槽"},
      {"{key:word} is {kind:said}, not one table", "{key} 是{kind}，应为单个表"},
      {"write [{key:word}], once", "请写 [{key}]，只写一次"},
      {"{key:word} is {kind:said}, not a list of tables", "{key} 是{kind}，应为表的列表"},
      {"{key:word} holds {kind:said}, not a table", "{key} 中有{kind}，应为表"},
      {"write [[{key:word}]], with two brackets", "请写 [[{key}]]，用两层方括号"},

      {"its name is empty", "名称为空"},
      {"its name holds a /, which stands before a cell's number", "名称中有 /，而 / 只用在单槽的序号之前"},
      {"an electrolyser in line {n:number} has this name", "第 {n} 行的电解槽已用此名称"},
      {"give each a name of its own", "请为每台另取名称"},
      // voltages
      {"has {cells:number} cells, but {n:number} voltages, {first} to {last}",
       "有 {cells} 个单槽，却有 {n} 个槽电压：{first} 至 {last}"},
      {"has {cells:number} cell, but {n:number} voltages, {first} to {last}",
       "有 {cells} 个单槽，却有 {n} 个槽电压：{first} 至 {last}"},
      {"has {cells:number} cells, but {n:number} voltage", "有 {cells} 个单槽，却只有 {n} 个槽电压"},
      {"count the cells: {example}", "请按序号写出各单槽：{example}"},
      {"write cells = {n:number}, or correct voltages; one tag a cell, cell 1 first",
       "请写 cells = {n}，或改正 voltages；每个单槽一个位号，从 1 号开始"},
      {"tags of its voltages that stand twice: {tags}", "其槽电压中出现两次的位号：{tags}"},
      {"tags of its voltages that are those of {other} too: {tags}", "其槽电压中也属于 {other} 的位号：{tags}"},

      {"write voltages = {example}, or a list of tags", "请写 voltages = {example}，或位号的列表"},
      {"voltages {verb:word} {kind:said}, not a text", "voltages 中是{kind}，应为文本"},
      {"voltages {verb:word} an empty tag", "voltages 中有空位号"},
      {"voltages is empty", "voltages 为空"},
      {"voltages are more than {n:number} tags", "voltages 超过 {n} 个位号"},
      {"{pattern:word} counts beyond {n:number} tags", "{pattern} 超过 {n} 个位号"},
      {"write the first and the last number of the cells: {example}", "请写出首末单槽的序号：{example}"},

      {"one tag is one cell's voltage", "一个位号只是一个单槽的电压"},
      // quantities

      {"write {key:word} = \"TAG\", or = {example} for a constant", "请写 {key} = \"位号\"，或写常数 {example}"},
      {"{key:word} is an empty tag", "{key} 是空位号"},
      {"or leave it out where it is not measured", "没有测量时请删去"},
      {"has no tag", "没有位号"},
      {"{key:word} = {value} is neither a quantity that can be read nor like a tag",
       "{key} = {value} 既不是可读的量，也不像位号"},
      {"write {key:word} = {example}, or { tag = {value} } where it is a tag",
       "请写 {key} = {example}；若是位号，请写 { tag = {value} }"},
      {"unit {unit} is none of a {key:word}", "单位 {unit} 不是 {key} 的单位"},
      {"write unit = {unit} or another unit of that kind", "请写 unit = {unit} 或同类单位"},
      {"{key:word} = {tag} is that of {other} too", "{key} = {tag} 也是 {other} 的"},
      {"{key:word} = {tag} is the tag of {what} too", "{key} = {tag} 也是 {what} 的位号"},
      {"name the tag of this electrolyser, or leave it out: one for all says nothing of one",
       "请给出此电解槽自己的位号，或删去：共用的仪表不能说明单台"},
      {"one tag measures one thing", "一个位号只测一个量"},
      {"it is between {low} and {high}", "应在 {low} 与 {high} 之间"},
      // parts and cells
      {"{key:word} is {kind:said}, not a date", "{key} 是{kind}，应为日期"},
      {"a time of day", "时刻"},
      {"write {key:word} = 2026-03-02, without quotes", "请写 {key} = 2026-03-02，不加引号"},
      {"{key:word} = {date} is not between 1900 and 2200", "{key} = {date} 不在 1900 年与 2200 年之间"},
      {"write name = {example}, electrolyser and number", "请写 name = {example}，即电解槽与序号"},
      {"write name = {example}, counted from 1", "请写 name = {example}，从 1 数起"},
      {"this cell stands in line {n:number} already", "此单槽已在第 {n} 行"},
      {"say all of a cell under one [[cell]]", "请将一个单槽的内容写在同一个 [[cell]] 下"},
      {"is not electrolyser/number", "不是 电解槽/序号"},
      {"{name:word} has no cell of the number {number:number}", "{name} 没有 {number} 号单槽"},

      {"give a number from 1 to {n:number}", "请给出 1 到 {n} 的序号"},
      {"there is no electrolyser {name}", "没有电解槽 {name}"},
      {"electrolysers are {names:names}", "电解槽有 {names}"},
      {"add its [[electrolyser]]", "请加上它的 [[electrolyser]]"},
      {"{price:word} is in {currency}, the cell room in {other}", "{price} 以 {currency} 计，电解厂房以 {other} 计"},
      {"{key:word} is beyond any size", "{key} 过大"},
      // data against the file
      {"has no times: cells are judged by how they change", "没有时间：单槽要由其变化来判断"},
      {"give a table with a column of times, time,TAG1,TAG2 or time,tag,value",
       "请给出有时间列的表：time,TAG1,TAG2 或 time,tag,value"},
      {"none of its {n:number} voltages is in {file}: {tags:names}", "其 {n} 个槽电压都不在 {file} 中：{tags}"},
      {"voltage {tag:word} is not in {file:word}", "槽电压 {tag} 不在 {file} 中"},
      {"{n:number} of its {all:number} voltages are not in {file}: {tags:names}",
       "其 {all} 个槽电压中有 {n} 个不在 {file} 中：{tags}"},
      {"{key:word} = {tag:word} is not in {file:word}", "{key} = {tag} 不在 {file} 中"},
      {"columns {first} to {last} read like {n:number} cells: did you mean voltages = {pattern}?",
       "{first} 至 {last} 各列像是 {n} 个单槽：是否应写 voltages = {pattern}？"},
      {"no column is left over: leave these cells out, or add their columns",
       "没有剩余的列：请去掉这些单槽，或补上它们的列"},
      {"no column is left over: correct it, or add its column", "没有剩余的列：请改正，或补上它的列"},
      {"columns that are left over: {tags:names}", "剩余的列有：{tags}"},
      {"leave the line out where it is not measured", "没有测量时请删去此行"},
      {"no column left over reads like a current: export it with the voltages",
       "剩余的列都不像电流：请将电流与槽电压一起导出"},
      // units

      {"correct the headers, or voltages in {file}", "请改正表头，或 {file} 中的 voltages"},
      {"the voltages of {name} are not all voltages by their units: {tags}",
       "{name} 的槽电压中有单位不是电压的：{tags}"},
      {"the voltages of {name} hold no number", "{name} 的槽电压中没有一个数值"},
      {"look whether the scanner wrote any; export them again", "请检查巡检仪是否写出数值，并重新导出"},
      {"the voltages of {name} are not in one unit: the headers say {unit} and others",
       "{name} 的槽电压单位不一：表头有 {unit} 及其他"},
      {"give all cells of an electrolyser one unit in the header", "请在表头中给同一电解槽的各单槽同一单位"},

      {"the voltages of {name} usually read {value}, and their headers give no unit: neither V nor mV",
       "{name} 的槽电压通常读数为 {value}，表头没有单位：既不是 V 也不是 mV"},
      {"write the unit into the headers, {example}", "请在表头中写出单位：{example}"},
      {"the voltages of {name} usually read {value}: a cell has 2 to 4 V, so they are in {unit}",
       "{name} 的槽电压通常读数为 {value}：每单槽应为 2 至 4 V，所以单位是 {unit}"},
      {"correct the unit in the headers", "请改正表头中的单位"},
      {"the voltages of {name} have no unit: taken as {unit} by their size",
       "{name} 的槽电压没有单位：按大小取为 {unit}"},
      {"{tag:word}, {key:word} of {name}, is in {unit}, and {same} is a share by mass",
       "{tag}（{name} 的 {key}）的单位是 {unit}，而 {key} 是质量分数"},
      {"{tag:word}, {key:word} of {name}, is in {unit}, and {same} is a share by volume",
       "{tag}（{name} 的 {key}）的单位是 {unit}，而 {key} 是体积分数"},
      {"{tag:word}, {key:word} of {name}, is in {unit}, which is no unit of it",
       "{tag}（{name} 的 {key}）的单位是 {unit}，不是它的单位"},
      {"correct the header, or name another tag in {file}", "请改正表头，或在 {file} 中改用另一位号"},
      {"{key:word} is in {unit}, and the header of {tag} in {file} says {other}",
       "{key} 的单位是 {unit}，而 {file} 中 {tag} 的表头是 {other}"},
      {"leave unit out, or correct the header", "请删去 unit，或改正表头"},
      {"{tag:word} has no unit: taken as {unit}, which is {density} kA/m2 in cells of {area} m2",
       "{tag} 没有单位：取为 {unit}，在 {area} m2 的单槽中为 {density} kA/m2"},

      {"{tag:word} has no unit: taken as {unit:said} by its size, {value}",
       "{tag} 没有单位：按大小 {value} 取为 {unit}"},
      {"{tag:word} usually reads {value}, {density} kA/m2 in cells of {area} m2: that is no current of {name}",
       "{tag} 通常读数为 {value}，在 {area} m2 的单槽中为 {density} kA/m2：不是 {name} 的电流"},
      {"{tag:word} usually reads {value}: that is no {key:word} of {name}",
       "{tag} 通常读数为 {value}：不是 {name} 的 {key}"},

      {"it looks like {unit:said}: correct the unit {where:said}", "像是 {unit}：请改正{where}的单位"},
      {"correct the unit {where:said}, or cell_area in {file}", "请改正{where}的单位，或 {file} 中的 cell_area"},
      {"in the header", "表头中"},
      {"a fraction", "分数"},
      {"{tag:word} has no unit and usually reads {value}: neither A nor kA is a current of {name}, whose cells have "
       "{area} "
       "m2",
       "{tag} 没有单位，通常读数为 {value}：{name} 的单槽为 {area} m2，A 与 kA 都不可能"},
      {"{tag:word}, {key:word} of {name}, usually reads {value}, without a unit: not used",
       "{tag}（{name} 的 {key}）通常读数为 {value}，没有单位：不采用"},
      {"{tag:word}, {key:word} of {name}, usually reads {value}: not used",
       "{tag}（{name} 的 {key}）通常读数为 {value}：不采用"},
      {"correct cell_area in {file}, or name another tag", "请改正 {file} 中的 cell_area，或改用另一位号"},

      {"{tag:word}, the current of {name}, jumps from {low} to {high} at {time:said} while the voltages stay: A and kA "
       "are "
       "mixed "
       "in "
       "one column",
       "{name} 的电流 {tag} 在 {time} 由 {low} 跳到 {high}，而槽电压不变：一列中混有 A 与 kA"},
      {"{tag:word}, the current of {name}, holds no number", "{name} 的电流 {tag} 没有数值"},
      {"{tag:word}, the current of {name}, is below zero: -{value}", "{name} 的电流 {tag} 为负值：-{value}"},
      {"the voltages of {name} are below zero: -{value}", "{name} 的槽电压为负值：-{value}"},
      {"turn their sign in the export: reversed leads; a cell that makes chlorine counts as positive",
       "请在导出时改变其符号：接线极性反了；产氯的单槽电压为正"},
      {"the voltages of {name} are below zero for some, as with reversed leads: {tags:names}",
       "{name} 的槽电压中有读数为负的，像是接线极性反了：{tags}"},
      {"voltages of {name} that read a thousand times more or less than the others, by their headers in one unit: "
       "{tags:names}",
       "{name} 的槽电压中，表头单位相同而读数与其余相差一千倍的：{tags}"},
      {"correct the unit in these headers: it is {unit:word}", "请改正这些表头中的单位：应为 {unit}"},
      {"voltages of {name} that have no unit and are taken as {unit:word}, unlike the others, by their size: "
       "{tags:names}",
       "{name} 的槽电压中没有单位、按大小取为 {unit}（与其余不同）的：{tags}"},
      {"{tag:word}, the current of {name}, reads {value} at {time:said}, in {unit:word} among {other:word}: taken as "
       "no "
       "reading",
       "{name} 的电流 {tag} 在 {time} 读数为 {value}，单位是 {unit}，而其余为 {other}：按没有读数处理"},
      {"{time:word}, the first of {n:number} such readings", "{time}（共 {n} 次）"},
      {"no voltage of {name} was read for {n:number} days, {from:word} to {to:word}: what lies before and after is "
       "taken "
       "as one life",
       "{name} 有 {n} 天没有槽电压读数（{from} 至 {to}）：前后按连续运行处理"},
      {"the current of {name} is taken as {value} kA all the time, as the file says: where the load moved or stood "
       "still, nobody knows it",
       "{name} 的电流按文件所写始终取为 {value} kA：负荷变化或停车时无从得知"},
      {"the temperature of {name} is taken as {value} degC all the time, as the file says: voltages are standardised "
       "as "
       "if it were known to 3 K",
       "{name} 的温度按文件所写始终取为 {value} degC：标准化槽电压按温度不确定度 3 K 计算"},
      {"turn its sign in the export: a current that makes chlorine counts as positive",
       "请在导出时改变其符号：产氯的电流为正"},
      {"export the current with the voltages: without it no cell can be judged",
       "请将电流与槽电压一起导出：没有电流就无法判断单槽"},
      {"give the whole column one unit", "请使整列单位一致"},
      {"{time:word}, the first of {n:number} such jumps,", "{time}（共 {n} 次）"},
      // times

      {"has no {key:word}", "没有 {key}"},
      {"choose times between the two", "请选两者之间的时间"},
      {"no voltage was read from {from:word} to {to:word}: {file} holds {first:word} to {last:word}",
       "{from} 至 {to} 没有槽电压读数：{file} 的数据为 {first} 至 {last}"},
      {"no voltage was read from {from:word} on: {file} holds {first:word} to {last:word}",
       "{from} 起没有槽电压读数：{file} 的数据为 {first} 至 {last}"},
      {"no voltage was read before {to:word}: {file} holds {first:word} to {last:word}",
       "{to} 之前没有槽电压读数：{file} 的数据为 {first} 至 {last}"},
  };
  return kSaid;
}

}  // namespace castner::words

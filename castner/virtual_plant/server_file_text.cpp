// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "castner/base/quantity.h"
#include "castner/virtual_plant/virtual_plant.h"

namespace castner::virtual_plant {
namespace {

void write_source(std::string& out, const LinkSettings& l, double period) {
  const bool modbus = l.kind == LinkSettings::Kind::modbus_tcp;
  out += fmt::format("\n[[source]]\nname = \"{}\"\nkind = \"{}\"\nurl = \"{}\"\nperiod = \"{} s\"\n", l.name,
                     modbus ? "modbus_tcp" : "sparkplug", modbus ? fmt::format("tcp://127.0.0.1:{}", l.port) : l.url,
                     number_text(period));
  // A node that was born before the server came is asked to say its names again; that is all that is ever sent.
  if (!modbus) out += "rebirth = true\n";
  if (modbus) out += fmt::format("word_order = \"{}\"\n", l.word_order);
}

void write_tag(std::string& out, const LinkSettings& l, const LinkTag& tag, std::size_t index) {
  out += fmt::format("\n[[tag]]\nname = \"{}\"\nsource = \"{}\"\naddress = \"{}\"\n", tag.name, l.name,
                     tag_address(l, tag.name, index));
  if (l.kind == LinkSettings::Kind::modbus_tcp) out += fmt::format("type = \"{}\"\n", l.type);
  if (l.kind == LinkSettings::Kind::modbus_tcp && l.scale != 1.0)
    out += fmt::format("scale = {}\n", number_text(l.scale));
  if (tag.unit != "1") out += fmt::format("unit = \"{}\"\n", tag.unit);
}

}  // namespace

std::string server_file_text(const VirtualFile& file, const std::vector<LinkTag>& tags, const FilesBeside& beside) {
  std::string out = fmt::format(
      "# What castner serve needs to watch the virtual plant beside this file. Made from virtual.toml by\n"
      "#   castner virtual-plant {} --write-server castner.toml\n\n"
      "[server]\nlisten = \"127.0.0.1:8080\"\n\n[plant]\nfile = \"{}\"\nmade_up = true\n\n[historian]\nurl = "
      "\"sqlite:history.db\"\n",
      beside.plant, beside.plant);
  if (!beside.cells.empty()) out += fmt::format("\n[cells]\nfile = \"{}\"\n", beside.cells);
  const LinkPlan plan = plan_links(file.links, tags);
  for (const auto& l : file.links) write_source(out, l, file.period);
  for (std::size_t i = 0; i < file.links.size(); ++i)
    for (std::size_t k = 0; k < plan.tags_of[i].size(); ++k) write_tag(out, file.links[i], tags[plan.tags_of[i][k]], k);
  return out;
}

}  // namespace castner::virtual_plant

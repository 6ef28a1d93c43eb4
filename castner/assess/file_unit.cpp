// SPDX-License-Identifier: Apache-2.0
#include "castner/assess/file_unit.h"

#include <algorithm>

#include "castner/base/suggest.h"
#include "castner/tables/unit_doubt.h"

namespace castner::assess {

namespace {

/// A share by volume read as one by mass, or the other way round; nothing is known of a variable of the user's own.
bool of_the_other_share(const std::string& of, const std::string& share) {
  const bool by_mass = share == "wt%" || share == "ppm by mass";
  return !share.empty() && of.find(by_mass ? ".mole_frac" : ".mass_frac") != std::string::npos;
}

/// What the plant file may say of a unit that is asked back: gauge or absolute, or which of two that are far apart.
std::vector<std::string> may_be(const Measure& written, const Measure& own) {
  constexpr std::string_view kGauge = "(g)";
  const std::string& header = written.text;
  const double ratio = written.scale / own.scale;
  if ((written.offset != 0.0) == (own.offset != 0.0) || !(ratio > 1e-3 && ratio < 1e3)) return {header, own.text};
  if (header.ends_with(kGauge)) return {header, header.substr(0, header.size() - kGauge.size())};
  return {header, header + std::string(kGauge)};
}

}  // namespace

FileUnit file_unit(const plant::Plant& plant, const plant::Measurement& m, const HeaderUnit& header, bool believed) {
  const Measure& own = m.data_unit ? *m.data_unit : m.unit;
  FileUnit out;
  if (header.text.empty()) {
    out.unit = own;
    return out;
  }
  const std::string shown = header.text + (header.absolute ? "(a)" : "");
  const std::string is_in =
      " is in \"" + (header.foreign.empty() ? shown : header.foreign + "\", read as \"" + shown) + "\"";
  const auto parsed = parse_unit(header.text, {.atmosphere = plant.atmosphere});
  const auto written = parsed ? std::optional(plant::unit_of_reading(*parsed, m.of)) : std::nullopt;
  if (!written || !(written->dimension == m.unit.dimension)) {
    out.what = is_in + ", but measures " + m.of + " [" + m.unit.text + "]";
    out.cure = "correct the unit in the header, or `of` in the plant file";
    return out;
  }
  const auto either = may_be(*written, own);
  if (m.data_unit && !header.foreign.empty() && std::find(either.begin(), either.end(), own.text) == either.end()) {
    out.what = is_in + " here, and data_unit in the plant file says \"" + own.text + "\"";
    out.cure = "write data_unit = \"" + header.text + "\", or correct the unit in the header";
    return out;
  }
  if (m.data_unit) {
    out.unit = own;
    if (header.text != own.text)
      out.note = in_quotes(m.tag) + " is read in " + own.text +
                 ", as data_unit in the plant file says; the header says " + shown;
    return out;
  }
  if (!believed && of_the_other_share(m.of, header.share)) {
    out.what =
        " is in \"" + header.share + "\", but measures " + m.of +
        (m.of.find(".mass_frac") != std::string::npos ? ", which is by mass" : ", which is by amount, as by volume");
    out.cure =
        "measure a mole fraction where the file has vol% and a mass fraction where it has wt%, or correct the header";
    return out;
  }
  if (const auto doubt =
          believed ? std::nullopt : tables::unit_doubt(*written, header.absolute, own, !header.foreign.empty())) {
    out.what = is_in + " here and in \"" + own.text + "\" in the plant file: " + *doubt;
    out.may_be = either;
    out.cure =
        "correct the unit in the header, or say in the plant file, under this tag, in which unit data files have it: "
        "data_unit = \"" +
        out.may_be[0] + "\" or \"" + out.may_be[1] + "\"";
    return out;
  }
  out.unit = written;
  if (header.absolute && own.offset != 0.0)
    out.note =
        in_quotes(m.tag) + " is absolute in the file and gauge in the plant file: counted from the plant's atmosphere";
  return out;
}

void as_the_plant_says(tables::TableOptions& options, const plant::Plant& plant) {
  const auto& also = plant.assess.no_data;
  options.no_data.insert(options.no_data.end(), also.begin(), also.end());
  for (const auto& u : plant.units)
    if (!u.idle.tag.empty()) options.states[u.idle.tag] = u.idle.words;
  for (const auto& m : plant.measurements) options.units[m.tag] = (m.data_unit ? *m.data_unit : m.unit).text;
}

}  // namespace castner::assess

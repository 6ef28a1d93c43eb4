// SPDX-License-Identifier: Apache-2.0
/// How wide a text is: Chinese characters take two columns of a terminal.
#pragma once

#include <string>
#include <string_view>

namespace castner::drawing {

/// Columns of a terminal that UTF-8 text takes. Broken bytes count one each.
int columns_of(std::string_view text);
/// Text padded with spaces to a number of columns; longer text is left whole.
std::string padded(std::string_view text, int columns, bool right = false);
/// Text cut to at most this many columns, "…" last where something was cut.
std::string cut(std::string_view text, int columns);
/// About how wide a text is in a picture, at this font size [px].
double pixels_of(std::string_view text, double font_size);

}  // namespace castner::drawing

// SPDX-License-Identifier: Apache-2.0
/// Bytes of a text file become UTF-8, and the reader says which encoding it took them for.
#pragma once

#include <string>
#include <string_view>

#include "castner/base/error.h"

namespace castner::tables {

/// The text of a file. Move-only where it was converted, so that views into it stay valid.
struct DecodedText {
  std::string encoding;  ///< "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "GB18030", "Windows-1252"
  std::string note;      ///< what was assumed; "" where the bytes leave no doubt
  bool converted = false;
  std::string_view bytes;  ///< where not converted: the file's own bytes, without a byte order mark
  std::string text;        ///< where converted
  std::string_view view() const { return converted ? std::string_view(text) : bytes; }
};

/// Decides by the byte order mark, then by where zeros stand (UTF-16), then by whether every byte fits: UTF-8,
/// single accented letters between ASCII (Windows-1252), GB18030.
/// Errors: something that is not text, in one problem; bytes that do not fit the encoding, each with its line, at most 50.
/// @param bytes  must outlive the answer
[[nodiscard]] Result<DecodedText> decode(std::string_view bytes, const std::string& file);

}  // namespace castner::tables

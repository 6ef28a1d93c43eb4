// SPDX-License-Identifier: Apache-2.0
#include "castner/tables/zip_for_tests.h"

#include <gtest/gtest.h>
#include <zip.h>

namespace castner::tables {

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_source_t* whole = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(whole);  // it outlives the archive, to be read back
  zip_t* archive = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0),
                 ZIP_FL_OVERWRITE);
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(whole);
  zip_source_seek(whole, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(whole)), '\0');
  zip_source_seek(whole, 0, SEEK_SET);
  EXPECT_EQ(zip_source_read(whole, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(whole);
  zip_source_free(whole);
  return bytes;
}

TEST(ZipForTests, BeginsAsEveryZipDoes) { EXPECT_TRUE(zip_of({{"a.txt", "hello"}}).starts_with("PK\x03\x04")); }

}  // namespace castner::tables

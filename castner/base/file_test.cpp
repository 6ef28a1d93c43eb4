// SPDX-License-Identifier: Apache-2.0
#include "castner/base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

namespace castner {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("castner_file_test_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  fs::path folder_;
};

TEST_F(FileTest, ComesBackByteForByte) {
  const std::string content("a\0b\r\n\xff", 6);
  ASSERT_TRUE(write_file(path("x"), content));
  EXPECT_EQ(read_file(path("x")).value(), content);
}

TEST_F(FileTest, SaysWhatTheWorldRefused) {
  const auto missing = read_file(path("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::world_refused);
  EXPECT_NE(missing.error().text().find("No such file"), std::string::npos);
  EXPECT_FALSE(read_file(folder_.string()));
  EXPECT_FALSE(write_file(path("no/such/folder/x"), "content"));
}

TEST_F(FileTest, WritesThroughALink) {
  ASSERT_TRUE(write_file(path("x"), "old"));
  fs::create_symlink(path("x"), path("link"));
  ASSERT_TRUE(write_file(path("link"), "new"));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(read_file(path("x")).value(), "new");
}

TEST_F(FileTest, AmongOthersNeitherALinkNorAPartOfThatNameIsFollowed) {
  ASSERT_TRUE(write_file(path("victim"), "precious"));
  const std::string part = ".part-" + std::to_string(::getpid());
  fs::create_symlink(path("victim"), path("own"));
  fs::create_symlink(path("victim"), path("own") + part);
  EXPECT_EQ(read_own_file(path("own")).error().code, ErrorCode::bad_input);
  ASSERT_TRUE(write_own_file(path("own"), "new"));
  EXPECT_EQ(read_own_file(path("own")).value(), "new");
  fs::create_symlink(path("victim"), path("other") + part);
  ASSERT_TRUE(write_file(path("other"), "new"));
  EXPECT_EQ(read_file(path("victim")).value(), "precious");
}

TEST_F(FileTest, FlushesTheFolderOfAFileThatIsThere) {
  EXPECT_TRUE(flush_folder_of(path("x")));
  EXPECT_TRUE(flush_folder_of("x")) << "the present folder";
  EXPECT_FALSE(flush_folder_of(path("no folder/x")));
}

TEST_F(FileTest, WritesToAPipeInsteadOfReplacingIt) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  EXPECT_TRUE(write_file(path("pipe"), "content"));
  char got[16];
  EXPECT_EQ(::read(reader, got, sizeof got), 7);
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
}

TEST_F(FileTest, FullDiskLeavesTheOldFile) {
  ASSERT_TRUE(write_file(path("x"), "old"));
  std::signal(SIGXFSZ, SIG_IGN);  // the limit then shows as a failed write, as a full disk does
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1024, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = write_file(path("x"), std::string(100000, 'n'));
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::world_refused);
  EXPECT_EQ(read_file(path("x")).value(), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator{}), 1) << "a part was left behind";
}

}  // namespace
}  // namespace castner

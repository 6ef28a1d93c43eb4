// SPDX-License-Identifier: Apache-2.0
/// What a watch knows as bytes and back, so that a server goes on after a restart where it was.
///
/// A type names its members once: `template <class A> void archive(A& a) { a(x, y, z); }`; Saver and Loader both go through
/// it. The bytes are of this program on this machine: whoever keeps them keeps a version beside them.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace castner::cells {

template <class T>
concept Plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

class Saver {
 public:
  template <class... T>
  void operator()(const T&... all) {
    (one(all), ...);
  }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  /// As a vector of them is kept.
  void bytes(std::string_view some) {
    one(static_cast<std::uint64_t>(some.size()));
    out_.append(some);
  }
  std::string take() { return std::move(out_); }

 private:
  template <Plain T>
  void one(const T& x) {
    out_.append(reinterpret_cast<const char*>(&x), sizeof x);
  }
  template <class T>
  void one(const std::vector<T>& all) {
    each(all);
  }
  template <class T>
  void one(const std::deque<T>& all) {
    each(all);
  }
  template <class T>
  void one(const std::unique_ptr<T>& x) {
    one(x != nullptr);
    if (x) one(*x);
  }
  template <class T>
  requires(!Plain<T>) void one(const T& x) { const_cast<T&>(x).archive(*this); }
  void each(const auto& all) {
    one(static_cast<std::uint64_t>(all.size()));
    for (const auto& x : all) one(x);
  }
  std::string out_;
};

class Loader {
 public:
  explicit Loader(std::string_view bytes) : left_(bytes) {}
  template <class... T>
  void operator()(T&... all) {
    (one(all), ...);
  }
  /// Whether everything that was asked for was there, and nothing is left.
  bool whole() const { return fine_ && left_.empty(); }

 private:
  template <Plain T>
  void one(T& x) {
    if (!fine_ || left_.size() < sizeof x) {
      fine_ = false;
      return;
    }
    std::memcpy(static_cast<void*>(&x), left_.data(), sizeof x);
    left_.remove_prefix(sizeof x);
  }
  template <class T>
  void one(std::vector<T>& all) {
    each(all);
  }
  template <class T>
  void one(std::deque<T>& all) {
    each(all);
  }
  template <class T>
  void one(std::unique_ptr<T>& x) {
    bool there = false;
    one(there);
    if (fine_ && there) one(*(x = std::make_unique<T>()));
  }
  template <class T>
  requires(!Plain<T>) void one(T& x) { x.archive(*this); }
  void each(auto& all) {
    std::uint64_t size = 0;
    one(size);
    if (size > left_.size()) fine_ = false;  // each takes a byte at least
    all.clear();
    for (std::uint64_t i = 0; fine_ && i < size; ++i) one(all.emplace_back());
  }
  std::string_view left_;
  bool fine_ = true;
};

}  // namespace castner::cells

// SPDX-License-Identifier: Apache-2.0
// Lines of an Input in bounded memory: one buffer, which holds the present line whole and whatever of the next
// ones was read with it. Lines end in "\n" or "\r\n"; the last one may have no end. A byte order mark before the
// first line is left out.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "evidence/events.h"

namespace casus::evidence {

class LineReader {
 public:
  // Readable bytes after the end of every line: readers may load whole words.
  static constexpr size_t padding = 64;

  LineReader(std::unique_ptr<Input> input, size_t max_line_bytes);

  // `too_long`: text() is cut at the limit. `failed`: see failure(); it stays so.
  enum class Status : uint8_t { line, too_long, end, failed };
  // Cost: O(line); each byte is moved at most once. Views of earlier lines end here.
  Status next();

  std::string_view text() const { return {buffer_.data() + line_, line_size_}; }  // without its end
  uint64_t number() const { return number_; }                                     // from 1
  // The present line and every line after it that lies in the buffer whole, with their ends.
  std::string_view whole_lines() const;
  // What lies in the buffer behind the present line, as far as a line can reach, its end included.
  std::string_view ahead() const { return {buffer_.data() + next_, std::min(filled_ - next_, limit_ + 1)}; }
  // Reads more when no line lies there whole; false: one does, or there is no more. Views of the present line end here.
  bool read_ahead();
  // Takes the next line, which lies in ahead() whole and is `size` bytes long without its end.
  void take_ahead(size_t size);
  // Grows whenever bytes of the buffer may have moved or changed.
  uint64_t generation() const { return generation_; }

  // Joins the following line to the present one, with the end between them: text() then holds both. The first
  // line stays what number() names. `end`: there is none; `too_long`: both together are: then split() must
  // follow. Views of the line end here.
  Status join();
  // Undoes every join(): text() is the first line, and next() gives the second again.
  void split();

  const Failure& failure() const { return failure_; }

 private:
  Status take(size_t from);
  bool refill(size_t keep_from, size_t size);
  Status skip_rest();

  std::unique_ptr<Input> input_;
  size_t limit_;
  std::vector<char> buffer_;
  size_t line_ = 0;  // where the present line begins
  size_t line_size_ = 0;
  size_t next_ = 0;  // where the next line begins
  size_t filled_ = 0;
  size_t first_end_ = 0;   // of the present line before any join: where the one after it begins,
  size_t first_size_ = 0;  // and its own size
  uint64_t number_ = 0;
  uint64_t generation_ = 0;
  uint64_t joined_ = 0;  // lines joined to the present one
  bool at_end_ = false;  // of the input
  bool failed_ = false;
  Failure failure_;
};

}  // namespace casus::evidence

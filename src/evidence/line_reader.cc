// SPDX-License-Identifier: Apache-2.0
#include "evidence/line_reader.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace casus::evidence {
namespace {

constexpr size_t chunk_bytes = size_t{1} << 16;  // with what is made of it, it fits a core's own cache
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

LineReader::LineReader(std::unique_ptr<Input> input, size_t max_line_bytes)
    : input_(std::move(input)), limit_(max_line_bytes), buffer_(chunk_bytes + padding) {}

std::string_view LineReader::whole_lines() const {
  const std::string_view all(buffer_.data() + line_, filled_ - line_);
  const size_t last = all.substr(next_ - line_).rfind('\n');
  return last == std::string_view::npos ? all.substr(0, next_ - line_)
                                        : all.substr(0, next_ - line_ + last + 1);
}

// Reads more behind the bytes from `keep_from` on, which move to the front. false: nothing more.
bool LineReader::refill(size_t keep_from, size_t size) {
  if (at_end_ || failed_) return false;
  ++generation_;
  if (keep_from > 0) {
    std::memmove(buffer_.data(), buffer_.data() + keep_from, filled_ - keep_from);
    filled_ -= keep_from;
    line_ -= std::min(line_, keep_from);
    next_ -= std::min(next_, keep_from);
    first_end_ -= std::min(first_end_, keep_from);
  }
  if (buffer_.size() < filled_ + size + padding) buffer_.resize(filled_ + size + padding);
  const Result<size_t> got = input_->read(buffer_.data() + filled_, buffer_.size() - padding - filled_);
  if (!got.ok()) {
    failed_ = true;
    failure_ = got.failure();
    return false;
  }
  CASUS_CHECK(got.value() <= buffer_.size() - padding - filled_,
              "an input gives no more than it was asked for");
  filled_ += got.value();
  at_end_ = got.value() == 0;
  return !at_end_;
}

// The line that began at line_ goes on up to the next end of line at or after `from`.
LineReader::Status LineReader::take(size_t from) {
  size_t looked = from;
  while (true) {
    const void* found = std::memchr(buffer_.data() + looked, '\n', filled_ - looked);
    const bool ended = found != nullptr;
    const size_t stop =
        ended ? static_cast<size_t>(static_cast<const char*>(found) - buffer_.data()) : filled_;
    if (stop - line_ > limit_) {
      if (joined_ > 0) return Status::too_long;  // split() needs what comes after the first line
      line_size_ = limit_;
      next_ = ended ? stop + 1 : filled_;
      return ended ? Status::too_long : skip_rest();
    }
    if (ended || at_end_) {
      next_ = ended ? stop + 1 : stop;
      line_size_ = stop - line_;
      if (ended && line_size_ > 0 && buffer_[stop - 1] == '\r') --line_size_;
      return Status::line;
    }
    looked = filled_ - line_;  // where it will lie after the move
    if (!refill(line_, std::min(std::max(looked, size_t{1}), chunk_bytes)) && failed_) return Status::failed;
  }
}

// Drops the rest of a line that is too long, keeping its beginning for the message.
LineReader::Status LineReader::skip_rest() {
  ++generation_;
  std::memmove(buffer_.data(), buffer_.data() + line_, limit_);
  line_ = 0;
  while (true) {
    filled_ = limit_;
    next_ = limit_;
    if (!refill(0, chunk_bytes)) return failed_ ? Status::failed : Status::too_long;
    const void* found = std::memchr(buffer_.data() + limit_, '\n', filled_ - limit_);
    if (found == nullptr) continue;
    next_ = static_cast<size_t>(static_cast<const char*>(found) - buffer_.data()) + 1;
    return Status::too_long;
  }
}

LineReader::Status LineReader::next() {
  if (failed_) return Status::failed;
  number_ += 1 + joined_;
  joined_ = 0;
  line_ = next_;
  line_size_ = 0;
  if (number_ == 1) {
    while (filled_ < byte_order_mark.size() && refill(0, chunk_bytes)) {
    }
    if (std::string_view(buffer_.data(), filled_).starts_with(byte_order_mark))
      line_ = byte_order_mark.size();
  }
  while (line_ == filled_) {
    if (failed_) return Status::failed;
    next_ = line_;
    if (at_end_) {
      --number_;
      return Status::end;
    }
    refill(line_, chunk_bytes);
  }
  const Status status = take(line_);
  first_end_ = next_;
  first_size_ = line_size_;
  return status;
}

bool LineReader::read_ahead() {
  const std::string_view rest = ahead();
  return rest.size() <= limit_ && rest.find('\n') == std::string_view::npos && refill(next_, chunk_bytes);
}

void LineReader::take_ahead(size_t size) {
  CASUS_CHECK(number_ > 0 && size < filled_ - next_, "the first line is looked at for a byte order mark");
  number_ += 1 + joined_;
  joined_ = 0;
  line_ = next_;
  line_size_ = first_size_ = size;
  next_ += size + (buffer_[line_ + size] == '\r' ? 2 : 1);
  first_end_ = next_;
}

LineReader::Status LineReader::join() {
  if (failed_) return Status::failed;
  if (next_ == filled_ && !refill(line_, chunk_bytes)) return failed_ ? Status::failed : Status::end;
  ++joined_;
  return take(next_);
}

void LineReader::split() {
  next_ = first_end_;
  line_size_ = first_size_;
  joined_ = 0;
}

}  // namespace casus::evidence

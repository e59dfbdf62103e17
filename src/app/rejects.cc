// SPDX-License-Identifier: Apache-2.0
#include "app/rejects.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace casus::app {

RejectsFile::~RejectsFile() {
  if (!file_) return;
  std::fclose(file_);
  ::unlink(temporary_.c_str());
}

bool RejectsFile::reject(std::string_view line, uint64_t number, const Diagnostic& why) {
  ++count_;
  if (failed_) return false;
  if (!file_) {
    temporary_ = path_ + ".XXXXXX";
    const int fd = ::mkstemp(temporary_.data());
    file_ = fd < 0 ? nullptr : ::fdopen(fd, "w");
    if (!file_) {
      failed_ = true;
      return false;
    }
  }
  std::fprintf(file_, "# line %llu: %s: %s\n", static_cast<unsigned long long>(number), std::string(info(why.kind).code).c_str(), why.message.c_str());
  std::fwrite(line.data(), 1, line.size(), file_);
  failed_ = std::fputc('\n', file_) == EOF;
  return !failed_;
}

Outcome RejectsFile::finish() {
  if (!file_ && !failed_) return Done{};
  const bool closed = file_ && std::fclose(file_) == 0;
  file_ = nullptr;
  if (failed_ || !closed || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return Failure{"could not write the rejected lines to " + path_ + ": " + std::strerror(errno), "name another place with --rejects"};
  }
  return Done{};
}

}  // namespace casus::app

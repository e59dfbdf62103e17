// SPDX-License-Identifier: Apache-2.0
#include "app/world.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "app/paths.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

Failure failed(std::string_view what, const std::string& path, int error) {
  return {std::string(what) + " " + path + ": " + std::strerror(error),
          error == ENOENT ? "check the path" : ""};
}

bool is_model(const fs::path& p) {
  const std::string s = p.filename().string();
  return s.ends_with(".casus") || s.ends_with(".casus.md");
}

class FileInput final : public evidence::Input {
 public:
  FileInput(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  ~FileInput() override {
    if (fd_ > 0) ::close(fd_);
  }
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;
  Result<size_t> read(char* into, size_t size) override {
    while (true) {
      const ssize_t n = ::read(fd_, into, size);
      if (n >= 0) return static_cast<size_t>(n);
      if (errno != EINTR) return failed("could not read", path_, errno);
    }
  }

 private:
  int fd_;
  std::string path_;
};

}  // namespace

Result<std::string> read_file(const std::string& path, size_t max_bytes) {
  std::error_code error;
  if (fs::is_directory(path, error)) return Failure{path + " is a folder", "name a file in it"};
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed("could not open", path, errno);
  FileInput input(fd, path);
  std::string bytes;
  std::vector<char> chunk(1 << 16);
  while (true) {
    auto n = input.read(chunk.data(), chunk.size());
    if (!n) return n.failure();
    if (n.value() == 0) return bytes;
    bytes.append(chunk.data(), std::min(n.value(), max_bytes - bytes.size()));
    if (bytes.size() == max_bytes) return bytes;
  }
}

NewFile::~NewFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

bool NewFile::failed_with(int error) {
  if (error_ == 0) error_ = error;
  return false;
}

bool NewFile::open() {
  if (fd_ >= 0) return true;
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (fs::is_directory(status)) return failed_with(EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    return fd_ >= 0 || failed_with(errno);
  }
  target_ = fs::exists(status) ? fs::canonical(path_, error).string() : path_;
  if (target_.empty()) return failed_with(error.value());
  std::string beside = target_ + ".XXXXXX";
  fd_ = ::mkstemp(beside.data());
  if (fd_ < 0) return failed_with(errno);
  temporary_ = std::move(beside);
  const auto mode = fs::exists(status) ? static_cast<mode_t>(status.permissions()) : mode_t{0644};
  return ::fchmod(fd_, mode) == 0 || failed_with(errno);
}

bool NewFile::flush() {
  if (error_ != 0 || !open()) return false;
  for (size_t done = 0; done < buffer_.size();) {
    const ssize_t n = ::write(fd_, buffer_.data() + done, buffer_.size() - done);
    if (n < 0 && errno != EINTR) return failed_with(errno);
    if (n > 0) done += static_cast<size_t>(n);
  }
  buffer_.clear();
  return true;
}

bool NewFile::write(std::string_view bytes) {
  constexpr size_t full = size_t{1} << 16;
  if (error_ != 0) return false;
  buffer_ += bytes;
  return buffer_.size() < full || flush();
}

Outcome NewFile::finish() {
  if (flush()) {
    const int closed = ::close(fd_);
    fd_ = -1;
    if (closed != 0) failed_with(errno);
  }
  if (error_ == 0 && !temporary_.empty()) {
    if (::rename(temporary_.c_str(), target_.c_str()) == 0)
      temporary_.clear();
    else
      failed_with(errno);
  }
  if (error_ != 0) return failed("could not write", path_, error_);
  return Done{};
}

Outcome write_file(const std::string& path, std::string_view bytes) {
  NewFile file(path);
  file.write(bytes);
  return file.finish();
}

std::string library_folder() {
  if (const char* set = std::getenv("CASUS_LIBRARY"); set && *set) return set;
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    for (const char* beside : {"../../library", "../share/casus/library"}) {
      const fs::path p = (self.parent_path() / beside).lexically_normal();
      if (fs::is_directory(p, error)) return p.string();
    }
  }
  return CASUS_LIBRARY_DIR;
}

Result<std::vector<std::string>> model_files(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return Failure{"there is no file or folder " + path, "check the path"};
  if (!fs::is_directory(status)) return std::vector<std::string>{path};
  std::vector<std::string> out;
  for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error), end;
       it != end; it.increment(error)) {
    if (error) break;
    if (it->is_regular_file(error) && is_model(it->path())) out.push_back(it->path().string());
  }
  std::sort(out.begin(), out.end());
  if (out.empty())
    return Failure{"there is no model in " + path, "models are files named *.casus or *.casus.md"};
  return out;
}

// Module names to paths, the first in order of path. A folder is read once.
static const std::map<std::string, std::string>& library_modules(const std::string& folder) {
  static std::map<std::string, std::map<std::string, std::string>> known;
  const auto [at, fresh] = known.try_emplace(folder);
  if (!fresh) return at->second;
  auto files = model_files(folder);
  if (!files) return at->second;
  for (const std::string& path : files.value()) {
    std::string stem = fs::path(path).filename().string();
    stem.erase(stem.find(".casus"));
    at->second.emplace(stem, path);
  }
  return at->second;
}

std::optional<std::string> module_path(const std::string& name, const std::string& from) {
  std::error_code error;
  const fs::path folder = fs::path(from).parent_path();
  if (is_model(name)) {  // a path
    const fs::path p = folder / name;
    return fs::is_regular_file(p, error) ? std::optional(p.lexically_normal().string()) : std::nullopt;
  }
  for (const fs::path& place : {folder, folder / ".." / "library"}) {
    for (const char* ending : {".casus.md", ".casus"}) {
      const fs::path p = place / (name + ending);
      if (fs::is_regular_file(p, error)) return p.lexically_normal().string();
    }
  }
  const std::map<std::string, std::string>& library = library_modules(library_folder());
  const auto it = library.find(name);
  return it == library.end() ? std::nullopt : std::optional(it->second);
}

std::string state_folder() {
  if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg && *xdg) return std::string(xdg) + "/casus";
  if (const char* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.local/state/casus";
  return "/tmp/casus-state";
}

Terminal terminal() {
  Terminal t;
  t.is_terminal = ::isatty(STDOUT_FILENO) == 1;
  winsize size{};
  if (t.is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    t.width = size.ws_col;
  if (const char* columns = std::getenv("COLUMNS"); columns && *columns) {
    const long n = std::strtol(columns, nullptr, 10);
    if (n >= 40 && n <= 1000) t.width = static_cast<size_t>(n);
  }
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  t.colour = t.is_terminal && !(no_colour && *no_colour) && !(term && std::string_view(term) == "dumb");
  return t;
}

std::string event_path(const std::string& folder, const std::string& name) {
  return fs::path(name).is_absolute() ? name : (fs::path(folder) / name).string();
}

Result<std::unique_ptr<evidence::Input>> EventFiles::open(const std::string& name) {
  if (name == "-") return standard_input();
  const std::string path = event_path(folder_, name);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed("could not open the events file", path, errno);
  return std::unique_ptr<evidence::Input>(std::make_unique<FileInput>(fd, path));
}

std::unique_ptr<evidence::Input> standard_input() {
  return std::make_unique<FileInput>(STDIN_FILENO, "standard input");
}

}  // namespace casus::app

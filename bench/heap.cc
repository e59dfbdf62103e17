// SPDX-License-Identifier: Apache-2.0
#include "heap.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace casus::bench {

namespace {
int64_t held = 0, peak = 0;  // benchmarks run on one thread

void* counted(size_t bytes) {
  void* p = std::malloc(bytes);
  if (!p) throw std::bad_alloc();
  held += static_cast<int64_t>(malloc_usable_size(p));
  peak = std::max(peak, held);
  return p;
}
void uncounted(void* p) {
  if (!p) return;
  held -= static_cast<int64_t>(malloc_usable_size(p));
  std::free(p);
}
}  // namespace

int64_t heap_bytes() { return held; }
int64_t heap_peak() { return peak; }
void heap_mark() { peak = held; }

}  // namespace casus::bench

void* operator new(size_t bytes) { return casus::bench::counted(bytes); }
void* operator new[](size_t bytes) { return casus::bench::counted(bytes); }
void operator delete(void* p) noexcept { casus::bench::uncounted(p); }
void operator delete[](void* p) noexcept { casus::bench::uncounted(p); }
void operator delete(void* p, size_t) noexcept { casus::bench::uncounted(p); }
void operator delete[](void* p, size_t) noexcept { casus::bench::uncounted(p); }

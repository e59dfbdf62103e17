// SPDX-License-Identifier: Apache-2.0
// Work shared out among workers, each with a thread; the first has the one that asks.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace casus::explore {

// work(worker, i) for each i below `count`, in whatever order and by whichever worker.
template <class Worker, class Work>
void in_parallel(std::vector<std::unique_ptr<Worker>>& workers, size_t count, Work work) {
  std::atomic<size_t> next{0};
  const auto loop = [&](Worker& worker) {
    for (size_t i; (i = next.fetch_add(1)) < count;) work(worker, i);
  };
  std::vector<std::thread> threads;
  for (size_t t = 1; t < workers.size() && t < count; ++t) threads.emplace_back(loop, std::ref(*workers[t]));
  loop(*workers[0]);
  for (std::thread& t : threads) t.join();
}

}  // namespace casus::explore

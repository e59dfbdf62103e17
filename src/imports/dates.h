// SPDX-License-Identifier: Apache-2.0
// Dates as data sets code them: a column each for year, month and day, any of which may be missing.
#pragma once

#include "base/time.h"
#include "imports/rows.h"

namespace casus::imports {

struct DateColumns {
  size_t year = 0, month = 0, day = 0;
};

// The first instant of the day; what is missing is the first of its kind, which is noted.
Instant beginning_of(Rows& rows, DateColumns columns);
// The first instant at which it is over. `last_day`: the date is the last day on which it holds, not the first on which it does
// not. Year 0 or blank: far_future().
Instant end_of(Rows& rows, DateColumns columns, bool last_day);

Instant first_of(int64_t year, int64_t month, int64_t day);
Instant month_after(Instant first_of_month);
std::string day_words(Instant t);  // "1914-08-01"
int year_of(Instant t);

}  // namespace casus::imports

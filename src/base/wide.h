// SPDX-License-Identifier: Apache-2.0
// 128 bits, for exact sums and products of 64-bit numbers.
#pragma once

namespace casus {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

}  // namespace casus

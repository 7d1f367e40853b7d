/* fuzz_torch_legacy.c: PyTorch's format before 1.6, and with it the whole pickle machine. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tensors(&torch_legacy_format, data, size);
    return 0;
}

/* fuzz_torch_legacy.c: PyTorch's format before 1.6, and with it the whole pickle machine. */
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tensors(&torch_legacy_format, data, size);
    return 0;
}

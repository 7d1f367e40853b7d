/* fuzz_torch_zip.c: PyTorch's zip format. An input that begins like a zip archive is taken as one. Any other
 * input becomes the pickle inside an otherwise sound archive, for mutations of a whole archive rarely get
 * past its checksums. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_file.h"

#include <stdlib.h>
#include <string.h>

enum {
    STORAGES = 3,
    STORAGE_BYTES = 96,
    PICKLE_MAX = 1 << 16,
    HEADER = 30,
    RECORD = 46,
    END = 22,
    NAME_MAX = 16
};

/* An archive under construction. */
typedef struct Zip {
    uint8_t bytes[PICKLE_MAX + 4096], directory[1024];
    size_t size, directory_size;
    unsigned entries;
} Zip;

static void number(uint8_t *at, int width, size_t value)
{
    for (int i = 0; i < width; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

/* Zip's CRC-32. */
static uint32_t checksum(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

/* What an entry's header and its record in the directory have in common. */
static void describe(uint8_t *at, const char *name, uint32_t crc, size_t size)
{
    number(at, 2, 10); /* version needed */
    number(at + 10, 4, crc);
    number(at + 14, 4, size);
    number(at + 18, 4, size);
    number(at + 22, 2, strlen(name));
}

static void add(Zip *zip, const char *name, const uint8_t *bytes, size_t size)
{
    uint32_t crc = checksum(bytes, size);
    uint8_t *record = zip->directory + zip->directory_size, *header = zip->bytes + zip->size;
    memcpy(record, "PK\1\2", 4);
    describe(record + 6, name, crc, size);
    number(record + 42, 4, zip->size);
    memcpy(record + RECORD, name, strlen(name));
    zip->directory_size += RECORD + strlen(name);
    memcpy(header, "PK\3\4", 4);
    describe(header + 4, name, crc, size);
    memcpy(header + HEADER, name, strlen(name));
    memcpy(header + HEADER + strlen(name), bytes, size);
    zip->size += HEADER + strlen(name) + size;
    zip->entries++;
}

static void finish(Zip *zip)
{
    size_t begin = zip->size;
    memcpy(zip->bytes + begin, zip->directory, zip->directory_size);
    uint8_t *end = zip->bytes + begin + zip->directory_size;
    memcpy(end, "PK\5\6", 4);
    number(end + 8, 2, zip->entries);
    number(end + 10, 2, zip->entries);
    number(end + 12, 4, zip->directory_size);
    number(end + 16, 4, begin);
    zip->size += zip->directory_size + END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t numbers[STORAGE_BYTES] = {1, 2, 3, 4, 0x80, 0x3f};
    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        fuzz_tensors(&torch_zip_format, data, size);
        return 0;
    }
    if (size > PICKLE_MAX)
        return 0;
    Zip *zip = calloc(1, sizeof *zip);
    if (!zip)
        abort();
    add(zip, "a/data.pkl", data, size);
    for (int i = 0; i < STORAGES; i++) {
        char name[NAME_MAX] = "a/data/0";
        name[strlen(name) - 1] = (char)('0' + i);
        add(zip, name, numbers, STORAGE_BYTES);
    }
    finish(zip);
    fuzz_tensors(&torch_zip_format, zip->bytes, zip->size);
    free(zip);
    return 0;
}

/* SHA-256 (FIPS 180-4), of data that comes in pieces. */

#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32

struct sha256 {
    uint32_t state[8];
    uint64_t length;
    unsigned char block[64];
};

void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const unsigned char *data, size_t size);
void sha256_end(struct sha256 *sha, unsigned char digest[SHA256_SIZE]);

#endif

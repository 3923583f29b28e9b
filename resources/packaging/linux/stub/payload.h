/* Payload: the compressed folder behind the program's own end.
 *
 * Owns the layout of the file, the check of the payload and its unpacking. Unpacks only what passed
 * the check, and only below the folder it is given.
 *
 * The file ends with: the payload (tar in xz), then a trailer of 128 bytes, numbers little-endian:
 *   16 bytes  "DigitPad payload"
 *    8        offset of the payload in the file
 *    8        its length
 *    8        bytes that it takes on disk when unpacked
 *   32        its SHA-256
 *   56        the version, as text, filled up with zero bytes
 */

#ifndef PAYLOAD_H
#define PAYLOAD_H

#include <signal.h>
#include <stdint.h>

#include "sha256.h"

#define VERSION_SIZE 56

struct payload {
    int file;
    uint64_t offset, length, unpacked;
    unsigned char digest[SHA256_SIZE];
    char version[VERSION_SIZE];
};

/* Each returns NULL, or one sentence on what is wrong. `stop` is looked at between two pieces:
 * once it is not zero, the work ends early with a sentence. */

const char *payload_open(struct payload *payload, const char *path);
const char *payload_check(const struct payload *payload, const volatile sig_atomic_t *stop);
const char *payload_unpack(const struct payload *payload, const char *folder,
                           const volatile sig_atomic_t *stop);

#endif

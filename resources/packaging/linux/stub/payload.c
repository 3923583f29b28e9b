#include "payload.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tar.h"

#define TRAILER_SIZE 128
#define PIECE 65536

static const char damaged[] = "this file is incomplete or damaged; download it again";
static const char stopped[] = "stopped; nothing was changed";

static uint64_t number_at(const unsigned char *bytes)
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

const char *payload_open(struct payload *payload, const char *path)
{
    unsigned char trailer[TRAILER_SIZE];
    struct stat status;
    payload->file = open(path, O_RDONLY | O_CLOEXEC);
    if (payload->file < 0 || fstat(payload->file, &status) < 0)
        return strerror(errno);
    off_t start = status.st_size - TRAILER_SIZE;
    if (start < 0 || pread(payload->file, trailer, TRAILER_SIZE, start) != TRAILER_SIZE ||
        memcmp(trailer, "DigitPad payload", 16) != 0)
        return damaged;
    payload->offset = number_at(trailer + 16);
    payload->length = number_at(trailer + 24);
    payload->unpacked = number_at(trailer + 32);
    memcpy(payload->digest, trailer + 40, SHA256_SIZE);
    memcpy(payload->version, trailer + 72, VERSION_SIZE);
    payload->version[VERSION_SIZE - 1] = '\0';
    if (payload->offset > (uint64_t)start || payload->length != (uint64_t)start - payload->offset)
        return damaged;
    return NULL;
}

/* Reads the piece at `place` of the payload. Returns its size, 0 at the end, -1 for a failure. */
static ssize_t read_piece(const struct payload *payload, uint64_t place, unsigned char *piece)
{
    uint64_t rest = payload->length - place;
    return pread(payload->file, piece, rest < PIECE ? rest : PIECE,
                 (off_t)(payload->offset + place));
}

const char *payload_check(const struct payload *payload, const volatile sig_atomic_t *stop)
{
    static unsigned char piece[PIECE];
    unsigned char digest[SHA256_SIZE];
    struct sha256 sha;
    sha256_start(&sha);
    for (uint64_t place = 0; place < payload->length;) {
        ssize_t size = read_piece(payload, place, piece);
        if (size <= 0)
            return damaged;
        if (*stop)
            return stopped;
        sha256_add(&sha, piece, (size_t)size);
        place += (uint64_t)size;
    }
    sha256_end(&sha, digest);
    return memcmp(digest, payload->digest, SHA256_SIZE) == 0 ? NULL : damaged;
}

const char *payload_unpack(const struct payload *payload, const char *folder,
                           const volatile sig_atomic_t *stop)
{
    static unsigned char piece[PIECE], plain[PIECE];
    const char *problem = NULL;
    lzma_stream stream = LZMA_STREAM_INIT;
    struct tar *tar = tar_open(folder);
    if (!tar || lzma_stream_decoder(&stream, UINT64_MAX, 0) != LZMA_OK) {
        tar_close(tar);
        return "there is too little memory";
    }
    lzma_ret state = LZMA_OK;
    for (uint64_t place = 0; state == LZMA_OK && !problem;) {
        if (stream.avail_in == 0 && place < payload->length) {
            ssize_t size = read_piece(payload, place, piece);
            if (size <= 0)
                break;
            stream.next_in = piece, stream.avail_in = (size_t)size;
            place += (uint64_t)size;
        }
        stream.next_out = plain, stream.avail_out = PIECE;
        state = lzma_code(&stream, place < payload->length ? LZMA_RUN : LZMA_FINISH);
        problem = *stop ? stopped : tar_add(tar, plain, PIECE - stream.avail_out);
    }
    if (!problem && state == LZMA_MEM_ERROR)
        problem = "there is too little memory";
    else if (!problem && (state != LZMA_STREAM_END || !tar_is_complete(tar)))
        problem = damaged;
    lzma_end(&stream);
    tar_close(tar);
    return problem;
}

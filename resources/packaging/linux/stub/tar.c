#include "tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 512
#define PATH_SIZE 4096

struct tar {
    int file; /* being written, or -1 */
    int complete;
    uint64_t rest;    /* bytes of the file that are still to come */
    uint64_t padding; /* bytes behind it, up to a whole block */
    size_t filled;
    unsigned char header[BLOCK];
    size_t folder_length;
    char path[PATH_SIZE]; /* the folder, "/", a name */
};

struct tar *tar_open(const char *folder)
{
    struct tar *tar = calloc(1, sizeof *tar);
    if (!tar)
        return NULL;
    tar->file = -1;
    tar->folder_length = (size_t)snprintf(tar->path, PATH_SIZE, "%s/", folder);
    return tar;
}

void tar_close(struct tar *tar)
{
    if (tar && tar->file >= 0)
        close(tar->file);
    free(tar);
}

int tar_is_complete(const struct tar *tar)
{
    return tar->complete;
}

static const char *failure(void)
{
    return errno == ENOSPC || errno == EDQUOT ? "the disk is full" : strerror(errno);
}

/* Whether no part of a relative name leads upwards. */
static int stays_below(const char *name)
{
    if (*name == '/' || *name == '\0')
        return 0;
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return 0;
    return 1;
}

/* Whether the sum of the header's bytes is the one it names. */
static int has_right_sum(const unsigned char *header)
{
    unsigned long sum = 0;
    for (int i = 0; i < BLOCK; i++)
        sum += i >= 148 && i < 156 ? ' ' : header[i];
    return strtoul((const char *)header + 148, NULL, 8) == sum;
}

static const char *begin_entry(struct tar *tar)
{
    static const char strange[] = "this file is incomplete or damaged; download it again";
    const char *header = (const char *)tar->header;
    if (header[0] == '\0') {
        tar->complete = 1;
        return NULL;
    }
    char *name = tar->path + tar->folder_length;
    size_t space = PATH_SIZE - tar->folder_length;
    int length = header[345] ? snprintf(name, space, "%.155s/%.100s", header + 345, header)
                             : snprintf(name, space, "%.100s", header);
    if (!has_right_sum(tar->header) || memcmp(header + 257, "ustar", 5) != 0)
        return strange;
    if (length < 0 || (size_t)length >= space)
        return "the path of the folder is too long";
    if (!stays_below(name))
        return strange;
    mode_t mode = strtoul(header + 100, NULL, 8) & 0755;
    uint64_t size = strtoull(header + 124, NULL, 8);
    char link[101];
    switch (header[156]) {
    case '5':
        return mkdir(tar->path, 0755) == 0 || errno == EEXIST ? NULL : failure();
    case '2':
        snprintf(link, sizeof link, "%.100s", header + 157);
        return symlink(link, tar->path) == 0 ? NULL : failure();
    case '0':
        tar->file = open(tar->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (tar->file < 0)
            return failure();
        tar->rest = size;
        tar->padding = (BLOCK - size % BLOCK) % BLOCK;
        return NULL;
    default:
        return strange;
    }
}

static const char *end_file(struct tar *tar)
{
    int file = tar->file;
    tar->file = -1;
    return close(file) == 0 ? NULL : failure();
}

/* Takes what it can of the data into the file that is open; returns how much. */
static size_t take_content(struct tar *tar, const unsigned char *data, size_t size,
                           const char **problem)
{
    size_t part = size < tar->rest ? size : (size_t)tar->rest;
    for (size_t done = 0; done < part;) {
        ssize_t written = write(tar->file, data + done, part - done);
        if (written < 0 && errno != EINTR) {
            *problem = failure();
            return 0;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    tar->rest -= part;
    return part;
}

const char *tar_add(struct tar *tar, const unsigned char *data, size_t size)
{
    const char *problem = NULL;
    while (size && !tar->complete && !problem) {
        size_t part;
        if (tar->rest) {
            part = take_content(tar, data, size, &problem);
        } else if (tar->padding) {
            part = size < tar->padding ? size : (size_t)tar->padding;
            tar->padding -= part;
        } else {
            part = size < BLOCK - tar->filled ? size : BLOCK - tar->filled;
            memcpy(tar->header + tar->filled, data, part);
            tar->filled += part;
        }
        data += part, size -= part;
        if (!problem && tar->filled == BLOCK) {
            tar->filled = 0;
            problem = begin_entry(tar);
        }
        if (!problem && tar->file >= 0 && tar->rest == 0)
            problem = end_file(tar);
    }
    return problem;
}

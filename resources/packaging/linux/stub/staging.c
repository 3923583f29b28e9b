#include "staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    remove(path);
    return 0;
}

void staging_remove(const char *folder)
{
    nftw(folder, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

/* Returns the locked folder as a file descriptor, or -1. It stays open for the programs that are
 * started, so that they keep the lock too. */
static int lock(const char *folder)
{
    struct stat status;
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (file < 0)
        return -1;
    /* Another run may have taken the folder for a leftover before it was locked. */
    if (flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &status) == 0 &&
        status.st_uid == geteuid() && status.st_nlink > 0)
        return file;
    close(file);
    return -1;
}

static void remove_leftovers(const char *parent, const char *prefix)
{
    char path[PATH_MAX];
    DIR *folder = opendir(parent);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 ||
            strlen(entry->d_name) != strlen(prefix) + 6)
            continue;
        if (snprintf(path, sizeof path, "%s/%s", parent, entry->d_name) >= (int)sizeof path)
            continue;
        int file = lock(path);
        if (file >= 0) {
            staging_remove(path);
            close(file);
        }
    }
    closedir(folder);
}

char *staging_make(const char *parent, const char *prefix)
{
    remove_leftovers(parent, prefix);
    size_t size = strlen(parent) + strlen(prefix) + 8;
    char *folder = malloc(size);
    for (int attempt = 0; folder && attempt < 10; attempt++) {
        snprintf(folder, size, "%s/%sXXXXXX", parent, prefix);
        if (!mkdtemp(folder))
            break;
        if (lock(folder) >= 0)
            return folder;
        rmdir(folder);
    }
    free(folder);
    return NULL;
}

static int is_suitable(const char *folder, uint64_t bytes)
{
    struct statvfs status;
    return access(folder, W_OK | X_OK) == 0 && statvfs(folder, &status) == 0 &&
           !(status.f_flag & ST_NOEXEC) && (uint64_t)status.f_bavail * status.f_frsize >= bytes;
}

char *staging_make_anywhere(const char *prefix, uint64_t bytes)
{
    char cache[PATH_MAX];
    const char *home = getenv("HOME");
    snprintf(cache, sizeof cache, "%s/.cache", home ? home : "");
    /* Home first: a program that is installed there from there needs no second copy. */
    const char *places[] = {
        getenv("TMPDIR"), getenv("XDG_CACHE_HOME"), cache, home, "/var/tmp", "/tmp",
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!places[i] || places[i][0] != '/' || !is_suitable(places[i], bytes))
            continue;
        char *folder = staging_make(places[i], prefix);
        if (folder)
            return folder;
    }
    return NULL;
}

/* Tar: the files of a POSIX ustar archive that comes in pieces.
 *
 * Knows folders, plain files and symbolic links. Refuses a name that leads out of the folder.
 */

#ifndef TAR_H
#define TAR_H

#include <stddef.h>

struct tar;

struct tar *tar_open(const char *folder);
/* Returns NULL, or one sentence on what is wrong. */
const char *tar_add(struct tar *tar, const unsigned char *data, size_t size);
int tar_is_complete(const struct tar *tar);
void tar_close(struct tar *tar);

#endif

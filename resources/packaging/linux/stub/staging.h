/* Staging: private folders that are filled while nobody sees them.
 *
 * Owns their making, their locks and their removal. A folder is locked as long as this program or
 * one that it started lives: one that is not locked was left by a run that was killed, and is
 * removed by the next.
 */

#ifndef STAGING_H
#define STAGING_H

#include <limits.h>
#include <stdint.h>

/* Makes `parent`/`prefix`XXXXXX and locks it. Returns its path, to be freed, or NULL with errno. */
char *staging_make(const char *parent, const char *prefix);

/* Like staging_make, in the first folder where programs may run and `bytes` are free. */
char *staging_make_anywhere(const char *prefix, uint64_t bytes);

void staging_remove(const char *folder);

#endif

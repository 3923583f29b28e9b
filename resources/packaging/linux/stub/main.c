/* The double-click installer: checks what it carries, unpacks it and starts its setup program.
 *
 * Owns its own options and what is said when the setup program cannot be started. Knows nothing of
 * how DigitPad is installed: that is the setup program's, which is unpacked into a private folder,
 * started with the same arguments and removed when it has ended.
 */

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "payload.h"
#include "staging.h"

#define SETUP "digitpad-setup"
#define SPARE (8 << 20)

enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2 };

static const char help[] =
    "usage: %s [OPTION]...\n"
    "Install DigitPad for yourself. Without options a window asks where.\n"
    "\n"
    "  --install          install, or replace the version that is there\n"
    "  --uninstall        remove what was installed\n"
    "  --prefix FOLDER    the folder of the program (else ~/.local/opt/digitpad)\n"
    "  --no-menu          with --install: no menu entry, icons and file type\n"
    "  --purge            with --uninstall: remove your settings and unsaved drawings too\n"
    "  --quiet            say nothing unless something is wrong\n"
    "  --extract FOLDER   only unpack the program into a new or empty folder\n"
    "  --version          print the version\n"
    "  --help             print this\n"
    "\n"
    "exit status: 0 done; 1 something is wrong, and nothing was changed; 2 wrong usage\n";

static volatile sig_atomic_t stop_signal;
static volatile sig_atomic_t child;

static void on_signal(int number)
{
    stop_signal = number;
    if (child)
        kill(child, number);
}

static int fail(const char *program, const char *subject, const char *problem)
{
    fprintf(stderr, "%s: %s%s%s\n", program, subject, *subject ? ": " : "", problem);
    return stop_signal ? 128 + stop_signal : FAILED;
}

/* Ends after printing, which so many characters were, or fewer than none. */
static int end(const char *program, int printed)
{
    if (printed < 0 || fflush(stdout) != 0)
        return fail(program, "the output cannot be written", strerror(errno));
    return DONE;
}

/* Unpacks into a sibling and renames that, so that the folder is there whole or not at all. */
static int extract(const char *program, const struct payload *payload, const char *target)
{
    char *copy = strdup(target), *copy2 = strdup(target), *prefix = NULL;
    if (!copy || !copy2 || asprintf(&prefix, ".%s.partial-", basename(copy2)) < 0)
        return fail(program, "", strerror(ENOMEM));
    char *staging = staging_make(dirname(copy), prefix);
    if (!staging)
        return fail(program, target, strerror(errno));
    const char *problem = payload_unpack(payload, staging, &stop_signal);
    if (!problem && (chmod(staging, 0755) < 0 || rename(staging, target) < 0))
        problem = errno == ENOTEMPTY || errno == EEXIST ? "the folder is not empty"
                                                        : strerror(errno);
    if (!problem)
        return DONE;
    staging_remove(staging);
    return fail(program, target, problem);
}

/* Starts the setup program and waits for its end. */
static int run(const char *program, const char *path, char **arguments)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT), sigaddset(&signals, SIGTERM), sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &before); /* no signal between fork and `child` */
    if (stop_signal) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        return fail(program, "", "stopped; nothing was changed");
    }
    pid_t process = fork();
    if (process == 0) {
        /* The signals stay blocked until the setup program is ready for them. */
        signal(SIGPIPE, SIG_DFL);
        execv(path, arguments);
        _exit(127);
    }
    child = process > 0 ? process : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    int status = 0;
    while (process > 0 && waitpid(process, &status, 0) < 0 && errno == EINTR)
        ;
    if (process < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127))
        return fail(program, "", "the setup program cannot be started");
    if (WIFSIGNALED(status) && !stop_signal)
        return fail(program, "", "the setup program ended unexpectedly");
    return WIFSIGNALED(status) ? 128 + stop_signal : WEXITSTATUS(status);
}

static int set_up(const char *program, const struct payload *payload, char **arguments)
{
    char *path = NULL;
    char *staging = staging_make_anywhere(".digitpad-setup-", payload->unpacked + SPARE);
    if (!staging) {
        fprintf(stderr,
                "%s: no temporary folder has %llu MB free and may run programs; name one with "
                "TMPDIR=FOLDER\n",
                program, (unsigned long long)((payload->unpacked + SPARE) / 1000000 + 1));
        return FAILED;
    }
    int status = FAILED;
    const char *problem = payload_unpack(payload, staging, &stop_signal);
    if (problem)
        status = fail(program, stop_signal ? "" : staging, problem);
    else if (asprintf(&path, "%s/" SETUP, staging) >= 0)
        status = run(program, path, arguments);
    staging_remove(staging);
    return status;
}

/* Returns the folder to extract to if that is asked for, and whether the usage is wrong. */
static const char *read_options(char **arguments, int *wrong)
{
    static const char *const flags[] = {"--install", "--uninstall", "--no-menu", "--purge",
                                        "--quiet"};
    const char *folder = NULL;
    int others = 0;
    for (char **argument = arguments + 1; *argument; argument++) {
        int is_extract = strcmp(*argument, "--extract") == 0;
        if (is_extract || strcmp(*argument, "--prefix") == 0) {
            if (!argument[1])
                *wrong = 1;
            else if (is_extract)
                folder = *++argument;
            else
                argument++, others++;
            continue;
        }
        int known = 0;
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            known |= strcmp(*argument, flags[i]) == 0;
        if (!known)
            *wrong = 1;
        others += strcmp(*argument, "--quiet") != 0;
    }
    if (folder && others)
        *wrong = 1;
    return folder;
}

static int is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

int main(int count, char **arguments)
{
    /* What is opened below must not become a standard stream that was closed. */
    int stream = open("/dev/null", O_RDWR);
    while (stream >= 0 && stream <= STDERR_FILENO)
        stream = open("/dev/null", O_RDWR);
    if (stream >= 0)
        close(stream);

    struct payload payload;
    const char *program = count > 0 ? basename(strdup(arguments[0])) : "digitpad";
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN);

    const char *problem = payload_open(&payload, "/proc/self/exe");
    if (problem)
        return fail(program, "", problem);
    if (count == 2 && strcmp(arguments[1], "--version") == 0)
        return end(program, printf("DigitPad %s\n", payload.version));
    if (count == 2 && strcmp(arguments[1], "--help") == 0)
        return end(program, printf(help, program));
    int wrong = 0;
    const char *folder = read_options(arguments, &wrong);
    if (wrong) {
        fprintf(stderr, help, program);
        return WRONG_USAGE;
    }
    if (count < 2 && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")) {
        fprintf(stderr, "%s: there is no screen here; use --install, or see --help\n", program);
        return WRONG_USAGE;
    }
    problem = payload_check(&payload, &stop_signal);
    if (problem)
        return fail(program, "", problem);
    return folder ? extract(program, &payload, folder) : set_up(program, &payload, arguments);
}

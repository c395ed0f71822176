/* Counts the calls that change files under a folder, and lets one of them fail: loaded before libc. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KILL = 1, HALF, TERM, BROKEN, FULL };
static char folder[PATH_MAX];
static long calls, at;
static int how, noted = -1;

/* Begin to count under a folder; the call of this number fails, and all are noted in a file. */
void faults_begin(const char *under, long number, int kind, int notes) {
    strncpy(folder, under, sizeof folder - 1);
    calls = 0, at = number, how = kind, noted = notes;
}

long faults_count(void) { return calls; }

static int is_under(const char *path) {
    char place[PATH_MAX];
    if (path[0] != '/' && getcwd(place, sizeof place) != NULL) {
        strncat(place, "/", sizeof place - strlen(place) - 1);
        strncat(place, path, sizeof place - strlen(place) - 1);
        path = place;
    }
    return folder[0] && !strncmp(path, folder, strlen(folder));
}

static const char *name_of(int descriptor, const char *path, char *place) {
    char link[64];
    if (path != NULL && (path[0] == '/' || descriptor == AT_FDCWD)) return path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, place, PATH_MAX - 1);
    place[size < 0 ? 0 : size] = 0;
    if (path != NULL) {
        strncat(place, "/", PATH_MAX - strlen(place) - 1);
        strncat(place, path, PATH_MAX - strlen(place) - 1);
    }
    return place;
}

/* Whether a call is to fail; it does not return where the process is to be killed at once. */
static int fails(const char *call, int descriptor, const char *path) {
    char place[PATH_MAX];
    int before = errno;
    const char *name = name_of(descriptor, path, place);
    if (!is_under(name)) return errno = before, 0;
    if (noted >= 0) dprintf(noted, "%s %s\n", call, name);
    errno = before;
    if (++calls != at) return 0;
    if (how == KILL) raise(SIGKILL);
    if (how == TERM) raise(SIGTERM);
    if (how == BROKEN || how == FULL) return errno = how == FULL ? ENOSPC : EIO, 1;
    return how == HALF ? 2 : 0;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define HALVED(result) { if (failing == 2) { (void)!(result); raise(SIGKILL); } }
#define SIMPLE(type, name, descriptor, path, declared, ...)                      \
    type name declared {                                                         \
        REAL(name);                                                              \
        int failing = fails(#name, descriptor, path);                            \
        if (failing == 1) return -1;                                             \
        type done = real(__VA_ARGS__);                                           \
        if (failing == 2) raise(SIGKILL);                                        \
        return done;                                                             \
    }

ssize_t write(int descriptor, const void *data, size_t size) {
    REAL(write);
    int failing = fails("write", descriptor, NULL);
    HALVED(real(descriptor, data, size / 2));
    return failing ? -1 : real(descriptor, data, size);
}

ssize_t pwrite64(int descriptor, const void *data, size_t size, off64_t from) {
    REAL(pwrite64);
    int failing = fails("write", descriptor, NULL);
    HALVED(real(descriptor, data, size / 2, from));
    return failing ? -1 : real(descriptor, data, size, from);
}

SIMPLE(ssize_t, writev, descriptor, NULL, (int descriptor, const struct iovec *parts, int count),
       descriptor, parts, count)
SIMPLE(int, fsync, descriptor, NULL, (int descriptor), descriptor)
SIMPLE(int, fdatasync, descriptor, NULL, (int descriptor), descriptor)
SIMPLE(int, rename, AT_FDCWD, one, (const char *one, const char *other), one, other)
SIMPLE(int, renameat, from, one, (int from, const char *one, int to, const char *other),
       from, one, to, other)
SIMPLE(int, renameat2, from, one,
       (int from, const char *one, int to, const char *other, unsigned flags),
       from, one, to, other, flags)
SIMPLE(int, link, AT_FDCWD, other, (const char *one, const char *other), one, other)
SIMPLE(int, mkdir, AT_FDCWD, path, (const char *path, mode_t mode), path, mode)
SIMPLE(int, rmdir, AT_FDCWD, path, (const char *path), path)
SIMPLE(int, unlink, AT_FDCWD, path, (const char *path), path)
SIMPLE(int, unlinkat, from, path, (int from, const char *path, int flags), from, path, flags)
SIMPLE(int, truncate64, AT_FDCWD, path, (const char *path, off64_t size), path, size)
SIMPLE(int, ftruncate64, descriptor, NULL, (int descriptor, off64_t size), descriptor, size)

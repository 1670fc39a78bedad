/* Loaded before the C library: makes writes and syncs below one folder fail, and moves the clock.
 *
 * FAULTS names a file of three 64-bit numbers that is read at every call, so that whoever writes
 * it decides from one instant to the next: nanoseconds by which the clock of the wall is moved,
 * the errno of syncing, the errno of writing; 0 for none. FAULTS_UNDER is the folder. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *told;
static const char *under;
static int64_t none[3];
#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAULTS");
    under = getenv("FAULTS_UNDER");
    told = none;
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *map = mmap(0, sizeof none, PROT_READ, MAP_SHARED, file, 0);
        if (map != MAP_FAILED) told = map;
        close(file);
    }
}

static int fails(int file, int which) {
    int error = told ? (int)told[which] : 0;
    if (!error || !under) return 0;
    char name[64], path[4096];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t size = readlink(name, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    if (strncmp(path, under, strlen(under))) return 0;
    errno = error;
    return 1;
}

int fsync(int file) { return fails(file, 1) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return fails(file, 1) ? -1 : REAL(fdatasync)(file); }
ssize_t write(int file, const void *data, size_t size) {
    return fails(file, 2) ? -1 : REAL(write)(file, data, size);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    return fails(file, 2) ? -1 : REAL(writev)(file, parts, count);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    return fails(file, 2) ? -1 : REAL(pwrite)(file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    return fails(file, 2) ? -1 : REAL(pwrite64)(file, data, size, at);
}
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    return fails(file, 2) ? -1 : REAL(pwritev)(file, parts, count, at);
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    int found = REAL(clock_gettime)(clock, at);
    if (found || !told || !told[0] || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
        return found;
    int64_t second = 1000000000, moved = at->tv_sec * second + at->tv_nsec + told[0];
    at->tv_sec = moved / second;
    at->tv_nsec = moved % second;
    return 0;
}
time_t time(time_t *into) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (into) *into = at.tv_sec;
    return at.tv_sec;
}
int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

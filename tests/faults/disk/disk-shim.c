// Stands between a program and its disk (LD_PRELOAD): writes down every write and every sync below one folder, in order,
// so that a power cut can be played at any of them; or makes the nth of them fail.
//
// MADOGUCHI_DISK_FOLDER   the folder; nothing outside it is looked at
// MADOGUCHI_DISK_RECORD   where to write down what happens; unset: nowhere
//
// A record: one letter, then numbers in the machine's own byte order (u32 length of the path, u64 offset, u64 length), the
// path below the folder, the bytes. W written, S synced, T truncated to the offset, U unlinked, R renamed (the bytes are
// the new path).
//
// What is written to a file `disk-control` in the folder is an order and goes nowhere else: "fail ERRNO NTH TIMES" lets the
// NTH write or sync from now on, and the TIMES-1 after it, fail; "count" puts the number of them since the last order into
// `disk-count`; "lose INODE OFFSET" makes the page there unreadable, by whichever name, until something is written to it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int record = -1;
static long seen, fail_first, fail_times;
static int fail_errno;
#define PAGE_BYTES 4096
static unsigned long lost_inode;
static long lost_offset;

static int touches_lost(int fd, off64_t offset, size_t length) {
  struct stat file;
  return lost_inode != 0 && offset < lost_offset + PAGE_BYTES && offset + (off64_t)length > lost_offset &&
         fstat(fd, &file) == 0 && file.st_ino == lost_inode;
}

__attribute__((constructor)) static void begin(void) {
  const char *below = getenv("MADOGUCHI_DISK_FOLDER");
  const char *to = getenv("MADOGUCHI_DISK_RECORD");
  if (below == NULL || realpath(below, folder) == NULL) return;
  folder_length = strlen(folder);
  if (to != NULL) record = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// The part of the file's path below the folder, or NULL: it is none of ours.
static const char *below(const char *path) {
  if (folder_length == 0 || strncmp(path, folder, folder_length) != 0) return NULL;
  return path[folder_length] == '/' ? path + folder_length + 1 : path[folder_length] == 0 ? "" : NULL;
}

static const char *name_of(int fd, char *path) {
  char link[64];
  if (folder_length == 0) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return NULL;
  path[length] = 0;
  return below(path);
}

static void put(const void *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = syscall(SYS_write, record, bytes, length);
    if (done <= 0) abort();
    bytes = (const char *)bytes + done;
    length -= (size_t)done;
  }
}

static void note(char kind, const char *name, uint64_t offset, const void *bytes, uint64_t length) {
  if (record < 0) return;
  uint32_t name_length = (uint32_t)strlen(name);
  put(&kind, 1);
  put(&name_length, sizeof name_length);
  put(&offset, sizeof offset);
  put(&length, sizeof length);
  put(name, name_length);
  if (bytes != NULL) put(bytes, length);
}

// Whether this one is to fail.
static int fails(void) {
  seen += 1;
  if (fail_times == 0 || seen < fail_first || seen >= fail_first + fail_times) return 0;
  errno = fail_errno;
  return 1;
}

static void obey(const char *order, size_t length) {
  char text[128] = {0};
  memcpy(text, order, length < sizeof text ? length : sizeof text - 1);
  if (strncmp(text, "count", 5) == 0) {
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/disk-count", folder);
    int to = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    char count[32];
    int digits = snprintf(count, sizeof count, "%ld", seen);
    if (to < 0 || syscall(SYS_write, to, count, (size_t)digits) != digits) abort();
    syscall(SYS_close, to);
  } else if (strncmp(text, "lose", 4) == 0) {
    sscanf(text, "lose %lu %ld", &lost_inode, &lost_offset);
  } else {
    fail_first = fail_times = 0;
    sscanf(text, "fail %d %ld %ld", &fail_errno, &fail_first, &fail_times);
  }
  seen = 0;
}

static ssize_t written(int fd, const void *bytes, size_t length, off64_t offset, int at_offset) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL) {
    return at_offset ? syscall(SYS_pwrite64, fd, bytes, length, offset) : syscall(SYS_write, fd, bytes, length);
  }
  pthread_mutex_lock(&lock);
  ssize_t done;
  if (strcmp(name, "disk-control") == 0) {
    obey(bytes, length);
    done = (ssize_t)length;
  } else if (fails()) {
    done = -1;
  } else {
    if (!at_offset) offset = (off64_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
    done = at_offset ? syscall(SYS_pwrite64, fd, bytes, length, offset) : syscall(SYS_write, fd, bytes, length);
    // As a disk does that has sectors to spare.
    if (done > 0 && touches_lost(fd, offset, (size_t)done)) lost_inode = 0;
    if (done > 0) note('W', name, (uint64_t)offset, bytes, (uint64_t)done);
  }
  pthread_mutex_unlock(&lock);
  return done;
}

static int synced(int fd, long call) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL) return (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  int done = fails() ? -1 : (int)syscall(call, fd);
  if (done == 0) note('S', name, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

static int truncated(int fd, off64_t size) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (name == NULL) return (int)syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  int done = fails() ? -1 : (int)syscall(SYS_ftruncate, fd, size);
  if (done == 0) note('T', name, (uint64_t)size, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

static ssize_t read_at(int fd, void *bytes, size_t length, off64_t offset) {
  if (touches_lost(fd, offset, length)) {
    errno = EIO;
    return -1;
  }
  return syscall(SYS_pread64, fd, bytes, length, offset);
}

ssize_t pread(int fd, void *bytes, size_t length, off_t offset) { return read_at(fd, bytes, length, offset); }
ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) { return read_at(fd, bytes, length, offset); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return written(fd, bytes, length, offset, 1);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  return written(fd, bytes, length, offset, 1);
}
ssize_t write(int fd, const void *bytes, size_t length) { return written(fd, bytes, length, 0, 0); }
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }
int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncated(fd, size); }

int unlink(const char *path) {
  const char *name = below(path);
  int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (name != NULL && done == 0) {
    pthread_mutex_lock(&lock);
    note('U', name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}

int rename(const char *from, const char *to) {
  const char *name = below(from);
  const char *name_after = below(to);
  int done = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (name != NULL && name_after != NULL && done == 0) {
    pthread_mutex_lock(&lock);
    note('R', name, 0, name_after, strlen(name_after));
    pthread_mutex_unlock(&lock);
  }
  return done;
}

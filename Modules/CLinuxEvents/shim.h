#include <linux/sched.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Declared by glibc under _GNU_SOURCE only, which Swift's own module of it is built without. So is SCHED_BATCH, which
// the kernel's own header has.
extern int pthread_setname_np(pthread_t thread, const char *name);

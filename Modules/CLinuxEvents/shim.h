#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Declared by glibc under _GNU_SOURCE only, which Swift's own module of it is built without.
extern int pthread_setname_np(pthread_t thread, const char *name);

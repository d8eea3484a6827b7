#ifndef CEYUAN_CLIBZSTD_SHIM_H
#define CEYUAN_CLIBZSTD_SHIM_H

#include <zstd.h>

#endif

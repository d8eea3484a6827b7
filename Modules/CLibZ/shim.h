// Functions for what zlib has as macros, which Swift does not import.

#ifndef CEYUAN_CLIBZ_SHIM_H
#define CEYUAN_CLIBZ_SHIM_H

#include <zlib.h>

// 16 + 15: a gzip header and trailer around a window of 32 KiB (zlib.h, deflateInit2).
static inline int ceyuan_z_begin_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY);
}

static inline int ceyuan_z_begin_gunzip(z_stream *stream) {
    return inflateInit2(stream, 16 + 15);
}

#endif

// Fixed-argument entrances to libcurl.
//
// `curl_easy_setopt`, `curl_easy_getinfo` and `curl_multi_setopt` take variable arguments, which
// Swift cannot call. One inline function per kind of argument closes that gap and lets the C
// compiler check the type that reaches libcurl.

#ifndef CEYUAN_CLIBCURL_SHIM_H
#define CEYUAN_CLIBCURL_SHIM_H

#include <curl/curl.h>

static inline CURLcode ceyuan_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_write(CURL *easy, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ceyuan_curl_set_read(CURL *easy, curl_read_callback value) {
    return curl_easy_setopt(easy, CURLOPT_READFUNCTION, value);
}

static inline CURLcode ceyuan_curl_set_seek(CURL *easy, curl_seek_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode ceyuan_curl_set_progress(CURL *easy, curl_xferinfo_callback value) {
    return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode ceyuan_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode ceyuan_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The result member of CURLMsg is a union, which Swift would reach through an unsafe pointer.
static inline CURLcode ceyuan_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

// The macros are casts, which the importer leaves out.
static inline size_t ceyuan_curl_read_abort(void) { return CURL_READFUNC_ABORT; }
static inline CURLcode ceyuan_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif

/* status.h: errors are values.
 *
 * Every function of core that can fail returns an NstStatus and, through an optional NstError, one sentence
 * that a user can act on: it names the file, the setting or the size that is wrong. What happened is in the
 * status; `error` may be NULL everywhere. Nothing in core prints or exits.
 *
 * A function that makes an object is NstStatus x_new(X **out, ..., NstError *error); after a failure *out is
 * NULL. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_STATUS_H
#define NST_STATUS_H

typedef enum NstStatus {
    NST_OK = 0,
    NST_CANCELLED,    /* a callback asked to stop; a run hands back the picture so far all the same */
    NST_BAD_ARGUMENT, /* a setting or a picture that can't be used */
    NST_BAD_FILE,     /* a file that is missing, cut off, or not what it should be */
    NST_NO_MEMORY,
} NstStatus;

enum { NST_MESSAGE_SIZE = 512 };

/* Returns a text in another language. Neither the argument nor the result is NULL. Called in the thread that
 * fails, which may be any. */
typedef const char *(*NstTranslate)(const char *text);

/* The caller zeroes it, and sets `translate` if the message is to be in another language. */
typedef struct NstError {
    NstStatus status;
    NstTranslate translate;         /* of formats in English; NULL leaves them as they are */
    char message[NST_MESSAGE_SIZE]; /* UTF-8, without a final newline */
} NstError;

/* Marks a text for translation where it is written; the code that shows it translates it. */
#define NST_N_(text) text

/* The text in the error's language, for use as a format's argument; `error` may be NULL. */
const char *nst_translated(const NstError *error, const char *text);

/* Fills `error`, unless it is NULL, and returns `status`, so that a failure is one statement. The format is
 * in English, and is translated first. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
NstStatus
nst_fail(NstError *error, NstStatus status, const char *format, ...);

/* The one wording for a failed allocation; `what` names what it was for, and is translated too. */
NstStatus nst_fail_memory(NstError *error, const char *what, double bytes);

#endif

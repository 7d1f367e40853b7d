/* estimate.c: a thread for each measurement, one at a time, and of the questions that come meanwhile only the
 * newest is kept. A question belongs to the worker from its thread's start to its end, and to the main thread
 * before and after: so nothing is shared, and there is nothing to lock.
 *
 * Rejected: stopping a measurement that nobody waits for any more. It is over in about a second by itself. */
#include "plugin/estimate.h"

#include "plugin/figures.h"
#include "ui/words.h"

#include <glib.h>

typedef struct Question {
    NstJob job; /* points into the rest */
    NstImage content, style, start;
    NstSettings settings;
    char *default_weights;

    NstForecast forecast; /* the answer, in the worker */
    NstError error;
    NstStatus status;
    Estimate *estimate; /* whom to hand the answer to, in the main thread */
} Question;

struct Estimate {
    EstimateFunc tell;
    void *data;
    Question *waiting; /* for the worker to be free; NULL: none */
    GThread *worker;   /* NULL: none is at work */
    bool wanted;       /* what the worker measures, if nothing waits */
};

/* The size is all that a forecast needs of a picture. */
static NstImage size_of(const NstImage *image)
{
    return image ? (NstImage){image->width, image->height, NULL} : (NstImage){0};
}

static Question *question_new(Estimate *estimate, const NstJob *job)
{
    Question *question = g_new0(Question, 1);
    question->content = size_of(job->content);
    question->style = size_of(job->style);
    question->start = size_of(job->start);
    question->settings = *job->settings;
    question->default_weights = g_strdup(job->default_weights);
    question->estimate = estimate;
    question->error = (NstError)WORDS_ERROR;
    question->job = (NstJob){
        .content = &question->content,
        .style = &question->style,
        .start = job->start ? &question->start : NULL,
        .settings = &question->settings,
        .default_weights = question->default_weights,
        .threads = job->threads,
    };
    return question;
}

static void question_free(Question *question)
{
    if (!question)
        return;
    g_free(question->default_weights);
    g_free(question);
}

static void tell_answer(const Estimate *estimate, const Question *question)
{
    char *text =
        question->status == NST_OK ? figures_short(&question->forecast) : g_strdup(question->error.message);
    estimate->tell(text, estimate->data);
    g_free(text);
}

static void start_waiting(Estimate *estimate);

/* In the main thread, when the worker has done all but end. */
static gboolean answered(gpointer data)
{
    Question *question = data;
    Estimate *estimate = question->estimate;
    g_thread_join(estimate->worker);
    estimate->worker = NULL;
    if (estimate->waiting)
        start_waiting(estimate);
    else if (estimate->wanted)
        tell_answer(estimate, question);
    question_free(question);
    return G_SOURCE_REMOVE;
}

static gpointer work(gpointer data)
{
    Question *question = data;
    question->status = nst_forecast(&question->job, &question->forecast, &question->error);
    g_idle_add(answered, question);
    return NULL;
}

static void start_waiting(Estimate *estimate)
{
    Question *question = g_steal_pointer(&estimate->waiting);
    estimate->worker = g_thread_try_new("forecast", work, question, NULL);
    if (estimate->worker)
        return;
    question->status =
        nst_fail(&question->error, NST_NO_MEMORY, "The system granted no thread to measure in");
    tell_answer(estimate, question);
    question_free(question);
}

Estimate *estimate_new(EstimateFunc tell, void *data)
{
    Estimate *estimate = g_new0(Estimate, 1);
    estimate->tell = tell;
    estimate->data = data;
    return estimate;
}

void estimate_ask(Estimate *estimate, const NstJob *job)
{
    estimate_forget(estimate);
    estimate->wanted = true;
    estimate->waiting = question_new(estimate, job);
    if (!estimate->worker)
        start_waiting(estimate);
}

void estimate_forget(Estimate *estimate)
{
    question_free(g_steal_pointer(&estimate->waiting));
    estimate->wanted = false;
}

void estimate_free(Estimate *estimate)
{
    if (!estimate)
        return;
    estimate_forget(estimate);
    while (estimate->worker)
        g_main_context_iteration(NULL, TRUE);
    g_free(estimate);
}
